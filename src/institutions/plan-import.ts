import { type Country, isoDayIn } from "#country/index.ts";
import { digest } from "#platform/crypto/derive.ts";
import { atOnce } from "#platform/jobs/in-turns.ts";
import { appendTo } from "./append-to.ts";
import { checkLines, type KeptByIdentifier, type Rewritten } from "./check-lines.ts";
import { canAnswer } from "./competence.ts";
import type { Entry, Kept } from "./entry.ts";
import { inChunks } from "./in-chunks.ts";
import { type LeftOut, leaveOut } from "./leave-out.ts";
import type { LineFault } from "./line-fault.ts";
import { csvSteps, type FileFault, LINES_A_STEP } from "./read-csv.ts";

/** A field that an import changes, as the directory has it and as the file says it. */
export interface Change {
  readonly field: (typeof FIELDS)[number];
  readonly before: string;
  readonly after: string;
}

export interface Changed {
  readonly entry: Entry;
  readonly kept: Kept;
  readonly changes: readonly Change[];
}

/** An institution that the file ends, with the identifiers of those that would still name it as fallback or supervisor. */
export interface Ending {
  readonly entry: Entry;
  readonly namedBy: readonly string[];
}

/** What a file would do to the directory, and what is wrong with it. */
export interface ImportPlan {
  readonly added: readonly Entry[];
  readonly changed: readonly Changed[];
  /** Those changed ones that come to an end. */
  readonly endings: readonly Ending[];
  /** How many lines say what the directory says already. */
  readonly same: number;
  /** How many institutions that have not ended the file does not name: they stay as they are. */
  readonly notNamed: number;
  readonly faults: readonly LineFault[];
  /** How many lines are wrong. */
  readonly wrong: number;
  /** Right lines that are left out together with wrong ones. */
  readonly leftOut: readonly LeftOut[];
  readonly rewritten: readonly Rewritten[];
  /** New ones for which nobody is named who takes over, where their type can come to answer: no fault, but to be known. */
  readonly withoutFallback: readonly Entry[];
  /** Headings that mean nothing here. */
  readonly unknown: readonly string[];
  /** The same for the same plan: what was looked at is what is applied. */
  readonly mark: string;
}

export type Planned =
  | { readonly ok: true; readonly plan: ImportPlan }
  | { readonly ok: false; readonly fault: FileFault };

const FIELDS = [
  "type",
  "name",
  "territory",
  "covers",
  "address",
  "phone",
  "hours",
  "verifiedOn",
  "parent",
  "supervisor",
  "fallback",
  "activeFrom",
  "activeTo",
  "desk",
  "contact",
] as const satisfies readonly (keyof Entry)[];

/** Compares a file with the directory at a moment; importing what comes out once more changes nothing. */
export function planImport(...asked: Parameters<typeof planningSteps>): Planned {
  return atOnce(planningSteps(...asked));
}

/** The same in small steps, between which others can be served. */
export function* planningSteps(
  country: Country,
  file: Uint8Array,
  directory: readonly Kept[],
  at: number,
): Generator<void, Planned> {
  const read = yield* csvSteps(file);
  if (!read.ok) return read;
  const kept: KeptByIdentifier = new Map(directory.map((each) => [each.entry.identifier, each]));
  if (read.missing.length > 0 && read.lines.some(({ cells }) => cells.identifier && !kept.has(cells.identifier)))
    return { ok: false, fault: { kind: "noColumns", columns: read.missing } };
  const checked = yield* checkLines(country, read.lines, kept, isoDayIn(country, at));
  const { entries, leftOut } = yield* leaveOut(checked.entries, kept);
  yield;
  const compared: ReturnType<typeof compare>[] = [];
  for (const entry of entries) {
    compared.push(compare(entry, kept.get(entry.identifier)));
    if (compared.length % LINES_A_STEP === 0) yield;
  }
  const changed = compared.filter((each) => each !== "added" && each !== "same");
  const named = new Set(read.lines.map(({ cells }) => cells.identifier));
  const added = entries.filter((_, at) => compared[at] === "added");
  const plan = {
    added,
    changed,
    endings: endingsIn(changed, entries, directory),
    same: compared.filter((each) => each === "same").length,
    notNamed: directory.filter(({ entry }) => !named.has(entry.identifier) && entry.activeTo === null).length,
    faults: checked.faults,
    wrong: new Set(checked.faults.map(({ line }) => line)).size,
    leftOut,
    rewritten: checked.rewritten,
    withoutFallback: added.filter(({ type, fallback }) => fallback === null && canAnswer(country.competence, type)),
    unknown: read.unknown,
  };
  return { ok: true, plan: { ...plan, mark: yield* markOf(plan) } };
}

/** Whether anything is left to write. */
export function changesAnything({ added, changed }: ImportPlan): boolean {
  return added.length > 0 || changed.length > 0;
}

function endingsIn(changed: readonly Changed[], entries: readonly Entry[], directory: readonly Kept[]): Ending[] {
  const after = new Map(directory.map(({ entry }) => [entry.identifier, entry]));
  for (const entry of entries) after.set(entry.identifier, entry);
  const namedBy = new Map<string, string[]>();
  for (const { identifier, supervisor, fallback, activeTo } of after.values()) {
    if (activeTo !== null) continue;
    for (const to of new Set([supervisor, fallback])) {
      if (to !== null) appendTo(namedBy, to, identifier);
    }
  }
  return changed
    .filter(({ changes }) => changes.some(({ field, after }) => field === "activeTo" && after !== ""))
    .map(({ entry }) => ({ entry, namedBy: namedBy.get(entry.identifier) ?? [] }));
}

function compare(entry: Entry, kept: Kept | undefined): "added" | "same" | Changed {
  if (!kept) return "added";
  const changes = FIELDS.flatMap((field): Change[] => {
    const before = said(field === "contact" ? personBefore(entry, kept) : kept.entry[field]);
    const after = said(entry[field]);
    return before === after ? [] : [{ field, before, after }];
  });
  return changes.length === 0 ? "same" : { entry, kept, changes };
}

/** Of several contact persons the one that the line is about. */
function personBefore({ contact }: Entry, kept: Kept): Entry["contact"] {
  return kept.contacts.find(({ id }) => id === contact?.id) ?? null;
}

/** One text for equal values; only of a name in languages and of a person are there parts. */
function said(value: Entry[(typeof FIELDS)[number]]): string {
  if (value === null || typeof value === "string") return value ?? "";
  if ("role" in value) return [value.role, value.name, value.phone].filter(Boolean).join(", ");
  return "sr" in value ? `${value.sr} / ${value.en}` : value.join("|");
}

function* markOf({ added, changed, endings, faults, leftOut }: Omit<ImportPlan, "mark">): Generator<void, string> {
  const changes = changed.map(({ entry, changes }) => [entry.identifier, changes]);
  const ended = endings.map(({ entry, namedBy }) => [entry.identifier, namedBy]);
  const said: string[] = [];
  for (const list of [added, changes, ended, faults, leftOut]) {
    for (const some of inChunks<unknown>(list)) {
      said.push(digest(JSON.stringify(some)));
      yield;
    }
    said.push("");
  }
  return digest(said.join("\n"));
}
