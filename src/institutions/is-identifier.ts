/** Letters that nobody sees, such as those that fill a gap between Korean ones, are letters to Unicode all the same. */
const IDENTIFIER = /^(?!.*\p{Default_Ignorable_Code_Point})[\p{L}\p{N}][\p{L}\p{N}._/-]*$/u;

/** Whether a text can be the identifier of an institution: a letter or a digit, then also dots, dashes and slashes. */
export function isIdentifier(text: string): boolean {
  return IDENTIFIER.test(text);
}
