const SECRET = "password|code|recovery|token";
const SECRET_NAME = new RegExp(SECRET, "i");
/** How such a name goes on before `=` or `:`, as forms and JSON write it. */
const ENDS_AS_NAME = /[\w%.[\]-]{0,40}["']?\s{0,8}[=:]/y;
const PART_NAME = /name=\s{0,8}["']?([^"'\r\n]{0,80})/gi;

/** True for a field whose value is never written back into a page. */
export function isSecretField(name: string): boolean {
  return SECRET_NAME.test(name);
}

/**
 * True for a body that could not be read as a form and yet names such a field. Anybody may send any body, so that each
 * of its letters is looked at a bounded number of times.
 */
export function namesSecret(body: string): boolean {
  for (const [name] of body.matchAll(PART_NAME)) if (SECRET_NAME.test(name)) return true;
  for (const { index, 0: word } of body.matchAll(new RegExp(SECRET, "gi"))) {
    ENDS_AS_NAME.lastIndex = index + word.length;
    if (ENDS_AS_NAME.test(body)) return true;
  }
  return false;
}

/** A key of 32 bytes soon after the name of the hidden field that carries it, in whatever form a body names fields. */
const CARRIED_KEY = /(\bdraft\b[\s\S]{0,80}?)(?<![\w-])[\w-]{43}(?![\w-])/gi;

/** A body without the key that its form carried: what was typed is given back, what opens it never is. */
export function withoutKey(body: string): string {
  return body.replace(CARRIED_KEY, "$1");
}
