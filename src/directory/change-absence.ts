import type { Account } from "#accounts/index.ts";
import { recordAudit } from "#audit/index.ts";
import type { Country } from "#country/index.ts";
import {
  type AbsenceRow,
  deleteAbsence,
  findAbsence,
  hasAbsence,
  insertAbsence,
  overlapsAbsence,
} from "#institutions/index.ts";
import { randomToken } from "#platform/crypto/derive.ts";
import type { Platform } from "#platform/platform.ts";
import { areasSharing } from "./registry-places.ts";

type Needs = Pick<Platform, "db" | "now">;
type By = Pick<Account, "id">;
type Period = Pick<AbsenceRow, "from" | "to" | "fallbackId">;

/** Whose absence it is: one institution's, or that of all of some types in a territory. */
export type Whose =
  | { readonly institutionId: string }
  | { readonly types: readonly string[]; readonly territory: string };

/** Adds an absence and says whether it overlaps with another one, which is allowed; the same one twice is one. */
export async function addAbsence(
  { db, now, country }: Needs & { readonly country: Country },
  by: By,
  whose: Whose,
  period: Period,
): Promise<boolean> {
  const rows = rowsOf(whose, period);
  return db.write(async (tx) => {
    const added = [];
    for (const row of rows) if (!(await hasAbsence(tx, row))) added.push(row);
    if (added.length === 0) return false;
    const overlaps = await overlapsAbsence(tx, {
      institutionId: "institutionId" in whose ? whose.institutionId : undefined,
      types: "types" in whose ? whose.types : [],
      areas: "types" in whose ? areasSharing(country, whose.territory) : [],
      from: period.from,
      to: period.to,
    });
    for (const row of added) {
      await insertAbsence(tx, row);
      await recordAudit(tx, { action: "absence.added", ...factOf(row, by, now()) });
    }
    return overlaps;
  });
}

/** Removes an absence. Gives it as it was, or undefined where it is gone already. */
export async function removeAbsence({ db, now }: Needs, by: By, id: string): Promise<AbsenceRow | undefined> {
  return db.write(async (tx) => {
    const row = await findAbsence(tx, id);
    if (!row) return undefined;
    await deleteAbsence(tx, id);
    await recordAudit(tx, { action: "absence.removed", ...factOf(row, by, now()) });
    return row;
  });
}

function rowsOf(whose: Whose, period: Period): readonly AbsenceRow[] {
  if ("institutionId" in whose)
    return [{ ...period, id: randomToken(), institutionId: whose.institutionId, type: null, territory: null }];
  const { types, territory } = whose;
  return [...new Set(types)].map((type) => ({ ...period, id: randomToken(), institutionId: null, type, territory }));
}

function factOf({ institutionId, type, territory }: AbsenceRow, by: By, at: number) {
  const subject = institutionId === null ? DIRECTORY : ({ kind: "institution", id: institutionId } as const);
  return {
    by: { kind: "person", id: by.id } as const,
    subject,
    at,
    ...(type === null ? {} : { detail: { type, territory: territory ?? "" } }),
  };
}

const DIRECTORY = { kind: "directory", id: undefined } as const;
