import { searchForm } from "#institutions/index.ts";

/**
 * What a password about this service is made of (OWASP ASVS 5.0.0, 6.1.2 and 6.2.11): its name, what people do here and
 * where, and what passwords are called.
 */
const CONTEXT_WORDS = [
  ...["cuvamte", "cuvam", "platforma", "trijaza", "prijava", "sluzba", "nasilje", "zastita", "deca", "dete"],
  ...["skola", "policija", "ministarstvo", "centar", "ustanova", "srbija", "serbia", "beograd", "kosovo", "albania"],
  ...["lozinka", "sifra", "password", "passwort", "admin", "administrator", "korisnik", "welcome", "dobrodosli"],
];
/** With fewer letters of its own beside those words, a password is a guess away. */
const FEWEST_OWN = 5;

const byLength = CONTEXT_WORDS.toSorted((one, other) => other.length - one.length);

/** Whether a password is words of this service and little else, in either script; a sentence with one of them is none. */
export function isAboutService(password: string): boolean {
  let letters = searchForm(password).replace(/[^\p{L}]/gu, "");
  const before = letters.length;
  for (const word of byLength) letters = letters.replaceAll(word, "");
  return letters.length < before && letters.length < FEWEST_OWN;
}
