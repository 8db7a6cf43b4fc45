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
  const left: LeftOut[] = [];
  for (let remaining = entries; ; ) {
    const present = new Set(remaining.map(({ identifier }) => identifier));
    const loose = remaining.flatMap((entry): LeftOut[] => {
      const column = TIES.find((tie) => {
        const to = entry[tie];
        return to !== null && !present.has(to) && !kept.has(to);
      });
      return column ? [{ line: entry.line, column, identifier: entry[column] ?? "" }] : [];
    });
    if (loose.length === 0)
      return { entries: remaining, leftOut: left.toSorted((one, other) => one.line - other.line) };
    left.push(...loose);
    const lines = new Set(loose.map(({ line }) => line));
    remaining = remaining.filter(({ line }) => !lines.has(line));
  }
}
