import { appendTo } from "./append-to.ts";
import type { KeptByIdentifier } from "./check-lines.ts";
import type { Entry } from "./entry.ts";
import { leadsBack } from "./leads-back.ts";
import { LINES_A_STEP } from "./read-csv.ts";
import { TIES, type Tie } from "./ties.ts";
import { tiesAfter } from "./ties-after.ts";

/** A right line that is left out as well, since it names an institution that comes with a line that is left out. */
export interface LeftOut {
  readonly line: number;
  readonly column: Tie;
  readonly identifier: string;
}

interface Left {
  readonly entries: readonly Entry[];
  readonly leftOut: readonly LeftOut[];
}

/**
 * Takes the right lines and gives those that can be applied without the others; what hangs on them goes too, and what
 * would lead in a circle because another line does not come.
 * @yields after each piece of work
 */
export function* leaveOut(entries: readonly Entry[], kept: KeptByIdentifier): Generator<void, Left> {
  const leftOut: LeftOut[] = [];
  for (let remaining = entries; ; ) {
    const found = withoutLoose(remaining, kept);
    leftOut.push(...found.leftOut);
    yield;
    const circling = yield* circlesIn(found.entries, kept);
    if (circling.size === 0)
      return { entries: found.entries, leftOut: leftOut.toSorted((one, other) => one.line - other.line) };
    leftOut.push(...circling.values());
    remaining = found.entries.filter((entry) => !circling.has(entry));
  }
}

function* circlesIn(entries: readonly Entry[], kept: KeptByIdentifier): Generator<void, ReadonlyMap<Entry, LeftOut>> {
  const circling = new Map<Entry, LeftOut>();
  for (const tie of ["parent", "supervisor"] as const) {
    const above = tiesAfter(tie, entries, kept);
    for (const [at, entry] of entries.entries()) {
      if (at % LINES_A_STEP === 0) yield;
      const to = entry[tie];
      if (to === null || to === kept.get(entry.identifier)?.entry[tie] || !leadsBack(entry.identifier, above)) continue;
      circling.set(entry, { line: entry.line, column: tie, identifier: to });
    }
  }
  return circling;
}

function withoutLoose(entries: readonly Entry[], kept: KeptByIdentifier): Left {
  const byIdentifier = new Map(entries.map((entry) => [entry.identifier, entry]));
  const naming = new Map<string, [Entry, LeftOut["column"]][]>();
  for (const entry of entries) {
    for (const tie of TIES) {
      const to = entry[tie];
      if (to !== null && !kept.has(to)) appendTo(naming, to, [entry, tie]);
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
    leftOut: [...left.values()],
  };
}
