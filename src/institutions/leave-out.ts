import { type KeptByIdentifier, TIES } from "./check-lines.ts";
import type { Entry } from "./entry.ts";

/** A right line that is left out as well, since it names an institution that comes with a line that is left out. */
export interface LeftOut {
  readonly line: number;
  readonly column: (typeof TIES)[number];
  readonly identifier: string;
}

/** Takes the right lines and gives those that can be applied without the others; what hangs on them goes too. */
export function leaveOut(
  entries: readonly Entry[],
  kept: KeptByIdentifier,
): { readonly entries: readonly Entry[]; readonly leftOut: readonly LeftOut[] } {
  const byIdentifier = new Map(entries.map((entry) => [entry.identifier, entry]));
  const naming = new Map<string, [Entry, LeftOut["column"]][]>();
  for (const entry of entries) {
    for (const tie of TIES) {
      const to = entry[tie];
      if (to !== null && !kept.has(to)) naming.set(to, [...(naming.get(to) ?? []), [entry, tie]]);
    }
  }
  const left = new Map<Entry, LeftOut>();
  const gone = [...naming.keys()].filter((identifier) => !byIdentifier.has(identifier));
  // Each institution goes once and is asked once who hangs on it.
  for (let at = 0; at < gone.length; at++) {
    const identifier = gone[at] ?? "";
    for (const [entry, column] of naming.get(identifier) ?? []) {
      if (left.has(entry)) continue;
      left.set(entry, { line: entry.line, column, identifier });
      gone.push(entry.identifier);
    }
  }
  return {
    entries: entries.filter((entry) => !left.has(entry)),
    leftOut: [...left.values()].toSorted((one, other) => one.line - other.line),
  };
}
