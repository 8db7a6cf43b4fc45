import type { Country } from "#country/index.ts";
import type { Database, Writer } from "#platform/db/database.ts";
import { inTurns } from "#platform/jobs/in-turns.ts";
import { applyImport, type ImportedBy } from "./apply-import.ts";
import type { Kept } from "./entry.ts";
import { directoryMark, listKept } from "./kept-store.ts";
import { changesAnything, type ImportPlan, type Planned, planningSteps } from "./plan-import.ts";
import type { FileFault } from "./read-csv.ts";

type Store = Pick<Database, "read" | "write">;

export interface ImportOrder extends ImportedBy {
  /** The mark of the plan that somebody looked at; undefined where nobody did. */
  readonly mark: string | undefined;
  /** Applies what is right although other lines are wrong. */
  readonly rightLinesOnly: boolean;
  /** Takes the file in the same transaction; false where somebody has applied it meanwhile. */
  readonly take?: (tx: Writer) => Promise<boolean>;
}

export type Imported =
  | { readonly outcome: "applied" | "nothing" | "wrong" | "differs" | "taken"; readonly plan: ImportPlan }
  | { readonly outcome: "unreadable"; readonly fault: FileFault };

/** A file compared with the directory, so that others were served meanwhile. */
export async function planInTurns(
  { read }: Pick<Database, "read">,
  country: Country,
  file: Uint8Array,
  at: number,
): Promise<{ readonly planned: Planned; readonly directory: readonly Kept[]; readonly against: string }> {
  const against = await read(directoryMark);
  const directory = await listKept({ read }, country);
  return { planned: await inTurns(planningSteps(country, file, directory, at)), directory, against };
}

/** How often an import begins anew while others change the directory under it. */
const TRIES = 5;

/**
 * Imports a file into the directory as it is now. Nothing is written while a line is wrong unless that was asked for,
 * nor where the directory has changed so that the file would do something else than was looked at. The writer is held
 * for the writing alone: what was planned before holds as long as the directory is still what it was.
 */
export async function importInstitutions(
  db: Store,
  country: Country,
  file: Uint8Array,
  order: ImportOrder,
): Promise<Imported> {
  for (let left = TRIES; ; left--) {
    const { planned, directory, against } = await planInTurns(db, country, file, order.at);
    if (!planned.ok) return { outcome: "unreadable", fault: planned.fault };
    const { plan } = planned;
    if (order.mark !== undefined && order.mark !== plan.mark) return { outcome: "differs", plan };
    if (plan.wrong > 0 && !order.rightLinesOnly) return { outcome: "wrong", plan };
    if (!changesAnything(plan)) return { outcome: "nothing", plan };
    const outcome = await db.write(async (tx) => {
      if ((await directoryMark(tx)) !== against) return "changed";
      if (order.take && !(await order.take(tx))) return "taken";
      await applyImport(tx, country, plan, directory, order);
      return "applied";
    });
    if (outcome !== "changed") return { outcome, plan };
    if (left === 1) return { outcome: "differs", plan };
  }
}
