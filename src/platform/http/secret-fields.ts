const SECRET = "password|code|recovery|token";
const SECRET_NAME = new RegExp(SECRET, "i");
/** A name before `=` or `:`, as forms and JSON write it, or the name of a part of a multipart body. */
const NAMES_SECRET = new RegExp(
  `[\\w%.[\\]-]*(?:${SECRET})[\\w%.[\\]-]*["']?\\s*[=:]|name=\\s*["']?[^"'\\r\\n]*(?:${SECRET})`,
  "i",
);

/** True for a field whose value is never written back into a page. */
export function isSecretField(name: string): boolean {
  return SECRET_NAME.test(name);
}

/** True for a body that could not be read as a form and yet names such a field. */
export function namesSecret(body: string): boolean {
  return NAMES_SECRET.test(body);
}

/** A key of 32 bytes soon after the name of the hidden field that carries it, in whatever form a body names fields. */
const CARRIED_KEY = /(\bdraft\b[\s\S]{0,80}?)(?<![\w-])[\w-]{43}(?![\w-])/gi;

/** A body without the key that its form carried: what was typed is given back, what opens it never is. */
export function withoutKey(body: string): string {
  return body.replace(CARRIED_KEY, "$1");
}
