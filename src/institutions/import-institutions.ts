import type { Country } from "#country/index.ts";
import type { Writer } from "#platform/db/database.ts";
import { applyImport, type ImportedBy } from "./apply-import.ts";
import { listKept } from "./kept-store.ts";
import { changesAnything, type ImportPlan, planImport } from "./plan-import.ts";
import type { FileFault } from "./read-csv.ts";

export interface ImportOrder extends ImportedBy {
  /** The mark of the plan that somebody looked at; undefined where nobody did. */
  readonly mark: string | undefined;
  /** Applies what is right although other lines are wrong. */
  readonly rightLinesOnly: boolean;
}

export type Imported =
  | { readonly outcome: "applied" | "nothing" | "wrong" | "differs"; readonly plan: ImportPlan }
  | { readonly outcome: "unreadable"; readonly fault: FileFault };

/**
 * Imports a file into the directory as it is now. Nothing is written while a line is wrong unless that was asked for,
 * nor where the directory has changed so that the file would do something else than was looked at.
 */
export async function importInstitutions(
  tx: Writer,
  country: Country,
  file: Uint8Array,
  order: ImportOrder,
): Promise<Imported> {
  const directory = await listKept(tx, country);
  const planned = planImport(country, file, directory);
  if (!planned.ok) return { outcome: "unreadable", fault: planned.fault };
  const { plan } = planned;
  if (order.mark !== undefined && order.mark !== plan.mark) return { outcome: "differs", plan };
  if (plan.wrong > 0 && !order.rightLinesOnly) return { outcome: "wrong", plan };
  if (!changesAnything(plan)) return { outcome: "nothing", plan };
  await applyImport(tx, country, plan, directory, order);
  return { outcome: "applied", plan };
}
