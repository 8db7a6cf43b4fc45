import { recordAudit } from "#audit/index.ts";
import type { Country } from "#country/index.ts";
import {
  closedBy,
  deleteFutureOpening,
  insertOpening,
  listOpeningsInForce,
  listOpeningsOf,
  planAt,
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
    const held = await listOpeningsInForce(tx, at);
    const places = closedBy(country, planAt(held, at), planAt([...held, { territory, stage, from }], from));
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

/** Removes a line whose time has not come; false where it holds already. */
export function removeOpening({ db, now }: Needs, personId: string, id: string): Promise<boolean> {
  const at = now();
  return db.write(async (tx) => {
    const row = await deleteFutureOpening(tx, id, at);
    if (!row) return false;
    await recordAudit(tx, {
      action: "opening.removed",
      by: { kind: "person", id: personId },
      subject: { kind: "directory", id: undefined },
      at,
      detail: { territory: row.territory, stage: row.stage, from: row.from },
    });
    return true;
  });
}
