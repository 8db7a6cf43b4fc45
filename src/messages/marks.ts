/** A letter of a real language carries a few marks; composing a run of them takes time that grows with its square. */
const TOO_MANY = /(\p{M}{30})\p{M}+/gu;

/** Composed letters (Unicode NFC) of a text that anybody may have sent; of a run of combining marks the first 30 stay. */
export function composed(text: string): string {
  return text.replace(TOO_MANY, "$1").normalize("NFC");
}

/** Letters and their marks apart (Unicode NFD), with the same bound. */
export function decomposed(text: string): string {
  return text.replace(TOO_MANY, "$1").normalize("NFD");
}
