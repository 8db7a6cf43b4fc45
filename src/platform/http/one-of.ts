/**
 * A part of a route that is one of some words: `oneOf("lang", ["sr", "en"])`. In a group, since otherwise the first word
 * may go on and the last may begin anyhow.
 */
export function oneOf(name: string, words: readonly string[]): string {
  return `:${name}{(?:${words.join("|")})}`;
}
