import { recordAudit } from "#audit/index.ts";
import type { Country } from "#country/index.ts";
import {
  closedByLine,
  deleteFutureOpening,
  insertOpening,
  listOpeningsFrom,
  listOpeningsOf,
  type OpeningRow,
} from "#institutions/index.ts";
import { randomToken } from "#platform/crypto/derive.ts";
import type { Platform } from "#platform/platform.ts";
import type { TypedOpening } from "./opening-form.ts";

type Needs = Pick<Platform, "db" | "now"> & { readonly country: Country };

export type Added =
  | { readonly ok: true }
  | { readonly ok: false; readonly because: "same" | "twice" }
  /** Somebody has to be shown first where fewer people could report. */
  | { readonly ok: false; readonly because: "closes"; readonly places: readonly string[] };

/** Adds a line to the plan, unless it says nothing new, or closes reporting and nobody has confirmed that. */
export function addOpening(
  { db, country, now }: Needs,
  personId: string,
  given: TypedOpening & { readonly confirmed: boolean },
): Promise<Added> {
  const { territory, stage, from } = given;
  const at = now();
  return db.write(async (tx): Promise<Added> => {
    const own = await listOpeningsOf(tx, [territory]);
    if (own.some((row) => row.from === from)) return { ok: false, because: "twice" };
    if (own.findLast((row) => row.from <= from)?.stage === stage) return { ok: false, because: "same" };
    const planned = await listOpeningsFrom(tx, at);
    const line = { territory, stage, from };
    const places = closedByLine(country, planned, [...planned, line], line);
    if (places.length > 0 && !given.confirmed) return { ok: false, because: "closes", places };
    await insertOpening(tx, { id: randomToken(), territory, stage, from });
    await recordAudit(tx, {
      action: "opening.added",
      by: { kind: "person", id: personId },
      subject: { kind: "directory", id: undefined },
      at,
      detail: { territory, stage, from },
    });
    return { ok: true };
  });
}

export type Removed =
  | { readonly ok: true }
  /** Its time has come. */
  | { readonly ok: false; readonly because: "holds" }
  | { readonly ok: false; readonly because: "closes"; readonly line: OpeningRow; readonly places: readonly string[] };

/** Removes a line whose time has not come, unless fewer people could report without it and nobody has confirmed that. */
export function removeOpening(
  { db, country, now }: Needs,
  personId: string,
  { id, confirmed }: { readonly id: string; readonly confirmed: boolean },
): Promise<Removed> {
  const at = now();
  return db.write(async (tx): Promise<Removed> => {
    const planned = await listOpeningsFrom(tx, at);
    const line = planned.find((each) => each.id === id);
    const without = planned.filter((each) => each !== line);
    const places = line && line.from > at ? closedByLine(country, planned, without, line) : [];
    if (line && places.length > 0 && !confirmed) return { ok: false, because: "closes", line, places };
    const row = await deleteFutureOpening(tx, id, at);
    if (!row) return { ok: false, because: "holds" };
    await recordAudit(tx, {
      action: "opening.removed",
      by: { kind: "person", id: personId },
      subject: { kind: "directory", id: undefined },
      at,
      detail: { territory: row.territory, stage: row.stage, from: row.from },
    });
    return { ok: true };
  });
}
