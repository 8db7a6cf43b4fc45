import type { Entry } from "./check-lines.ts";
import type { Kept } from "./import-store.ts";

/** A field that an import changes, as the directory has it and as the file says it. */
export interface Change {
  readonly field: Exclude<keyof Entry, "line" | "identifier">;
  readonly before: string;
  readonly after: string;
}

export interface Plan {
  readonly added: readonly Entry[];
  readonly changed: readonly { readonly entry: Entry; readonly kept: Kept; readonly changes: readonly Change[] }[];
  /** How many lines say what the directory says already. */
  readonly same: number;
  /** How many active institutions the file does not name: they stay as they are. */
  readonly notNamed: number;
}

/** Fields that a file may leave out: an empty cell changes nothing. */
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
] as const satisfies readonly Change["field"][];

/** Compares a file with the directory; importing what comes out once more changes nothing. */
export function planImport(entries: readonly Entry[], directory: readonly Kept[]): Plan {
  const byIdentifier = new Map(directory.map((kept) => [kept.entry.identifier, kept]));
  const named = new Set(entries.map(({ identifier }) => identifier));
  const added = entries.filter(({ identifier }) => !byIdentifier.has(identifier));
  const compared = entries.flatMap((entry) => {
    const kept = byIdentifier.get(entry.identifier);
    return kept ? [{ entry, kept, changes: changesOf(entry, kept.entry) }] : [];
  });
  const changed = compared.filter(({ changes }) => changes.length > 0);
  return {
    added,
    changed,
    same: compared.length - changed.length,
    notNamed: directory.filter(({ entry }) => !named.has(entry.identifier) && entry.activeTo === null).length,
  };
}

function changesOf(entry: Entry, kept: Omit<Entry, "line">): readonly Change[] {
  return FIELDS.map((field) => ({ field, before: said(kept[field]), after: said(entry[field]) })).filter(
    ({ before, after }) => after !== "" && before !== after,
  );
}

/** One form for equal values, whatever order their parts were stored in. */
function said(value: Entry[keyof Entry]): string {
  if (value === null || (Array.isArray(value) && value.length === 0)) return "";
  if (Array.isArray(value)) return value.join(" | ");
  return typeof value === "object" ? Object.values(value).filter(Boolean).join(" / ") : String(value);
}
