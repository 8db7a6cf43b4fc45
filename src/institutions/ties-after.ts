import type { Entry, Kept } from "./entry.ts";

/** Whom each institution would name as the one above it, once these lines are written into the directory. */
export function tiesAfter(
  tie: "parent" | "supervisor",
  entries: readonly Entry[],
  kept: ReadonlyMap<string, Kept>,
): ReadonlyMap<string, string | null> {
  const named = new Map([...kept].map(([identifier, { entry }]) => [identifier, entry[tie]]));
  for (const entry of entries) named.set(entry.identifier, entry[tie]);
  return named;
}
