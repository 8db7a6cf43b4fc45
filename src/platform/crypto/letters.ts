/** Letters and digits that nobody mistakes for one another (Crockford's base 32). */
export const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** As they are shown and written on paper. */
export const inFours = (letters: string): string => letters.replace(/.{4}(?=.)/g, "$&-");

/** Letters as somebody typed them, as they are shown: small ones, spaces and o for 0 are fine. */
export function tidyLetters(typed: string): string {
  const letters = typed
    .toUpperCase()
    .replaceAll("O", "0")
    .replace(/[IL]/g, "1")
    .replace(/[^0-9A-Z]/g, "");
  return inFours(letters);
}
