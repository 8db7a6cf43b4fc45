export type { Fields } from "#platform/http/app.ts";

/** What a form with these pairs should be read as: each name once, with its values in order. */
export function formOf(pairs: readonly (readonly [string, string])[]): [string, string[]][] {
  const form = new Map<string, string[]>();
  for (const [name, value] of pairs) form.set(name, [...(form.get(name) ?? []), value]);
  return [...form];
}
