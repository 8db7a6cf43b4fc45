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

/** A key of 32 bytes, as a hidden field holds it. */
const KEY = /(?<![\w-])[\w-]{43}(?![\w-])/g;
/** So far behind the name of its field it stands at most, in whatever form a body names fields. */
const AWAY_FROM_NAME = 90;

/** A body without the key that its form carried: what was typed is given back, what opens it never is. */
export function withoutKey(body: string): string {
  return body.replace(KEY, (key, at: number) =>
    /\bdraft\b/i.test(body.slice(Math.max(0, at - AWAY_FROM_NAME), at)) ? "" : key,
  );
}
