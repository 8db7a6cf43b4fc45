import type { Account } from "#accounts/index.ts";
import { recordAudit } from "#audit/index.ts";
import type { Country } from "#country/index.ts";
import {
  checkedDay,
  findAlike,
  findInstitution,
  type Institution,
  insertDesk,
  insertInstitution,
  TRIAGE,
  updateInstitution,
} from "#institutions/index.ts";
import type { LocalText } from "#messages/messages.ts";
import { randomToken } from "#platform/crypto/derive.ts";
import type { Reader, Writer } from "#platform/db/database.ts";
import type { Platform } from "#platform/platform.ts";
import { leadsTo, listTiedTo } from "./registry-ties.ts";
import { type FormRow, REGISTRY_FIELDS, type RegistryField, valuesOf } from "./registry-values.ts";

type Needs = Pick<Platform, "db" | "now">;

/** Adds an institution with its first desk. Gives its id, or undefined where the identifier is, or looks, like another's. */
export async function addInstitution(
  { db, now }: Needs,
  by: Pick<Account, "id">,
  { row, desk }: { readonly row: FormRow; readonly desk: LocalText },
): Promise<string | undefined> {
  if (row.type === TRIAGE) throw new Error("only set-up makes a triage team");
  const id = randomToken();
  return db.write(async (tx) => {
    if (await findAlike(tx, row.identifier)) return undefined;
    await insertInstitution(tx, { ...row, id, activeTo: null });
    await insertDesk(tx, { id: randomToken(), institutionId: id, kind: row.type, name: desk, fallbackId: null });
    await record(tx, { action: "institution.added", by, id, at: now() });
    return id;
  });
}

/** What of the triage team no form changes: every report has to find it; who supervises it decides no way of a report. */
const FIXED_FOR_TRIAGE = [
  "identifier",
  "territory",
  "covers",
  "parent",
  "fallback",
  "activeFrom",
] as const satisfies readonly RegistryField[];
export type Fixed = `fixed.${(typeof FIXED_FOR_TRIAGE)[number]}`;

export type Change = "done" | "missing" | "changed-meanwhile" | "taken" | "circle.parent" | "circle.supervisor" | Fixed;

/**
 * Changes an institution unless somebody else has changed it meanwhile; what changes nothing writes nothing. A checked day
 * that was about another phone or other hours goes.
 */
export async function changeInstitution(
  { db, now, country }: Needs & { readonly country: Country },
  by: Pick<Account, "id">,
  { id, version, row: said }: { readonly id: string; readonly version: number; readonly row: FormRow },
): Promise<Change> {
  return db.write(async (tx): Promise<Change> => {
    const kept = await findInstitution(tx, id);
    if (!kept) return "missing";
    const row = { ...said, verifiedOn: checkedDay(kept, said) };
    const fields = await changedFields(tx, country, { kept, row });
    if (fields.length === 0) return "done";
    if (kept.version !== version) return "changed-meanwhile";
    if ((kept.type === TRIAGE) !== (row.type === TRIAGE)) throw new Error("only set-up makes a triage team");
    const fixed = kept.type === TRIAGE ? FIXED_FOR_TRIAGE.find((field) => fields.includes(field)) : undefined;
    if (fixed) return `fixed.${fixed}`;
    const isRenamed = row.identifier !== kept.identifier;
    const alike = isRenamed ? await findAlike(tx, row.identifier) : undefined;
    if (alike !== undefined && alike !== id) return "taken";
    for (const [tie, answer] of CIRCLES) {
      const from = row[tie];
      if (from !== null && (await leadsTo(tx, { from, to: id, tie }))) return answer;
    }
    await updateInstitution(tx, id, row);
    await record(tx, { action: "institution.changed", by, id, at: now(), fields });
    return "done";
  });
}

const CIRCLES = [
  ["parentId", "circle.parent"],
  ["supervisorId", "circle.supervisor"],
] as const;

interface Compared {
  readonly kept: Institution;
  readonly row: FormRow;
}

async function changedFields(reader: Reader, country: Country, { kept, row }: Compared): Promise<readonly string[]> {
  const named = await listTiedTo(reader, [kept, row]);
  const [before, after] = [valuesOf(country, kept, named), valuesOf(country, row, named)];
  return REGISTRY_FIELDS.filter((field) => before[field] !== after[field]);
}

export type Ending = "done" | "missing" | "changed-meanwhile" | "before-start";

/** Gives an institution the day on which it works no longer; the team that receives every report never ends. */
export async function endInstitution(
  { db, now }: Needs,
  by: Pick<Account, "id">,
  { id, version, on }: { readonly id: string; readonly version: number; readonly on: number },
): Promise<Ending> {
  return db.write(async (tx): Promise<Ending> => {
    const kept = await findInstitution(tx, id);
    if (!kept || kept.type === TRIAGE) return "missing";
    if (kept.activeTo === on) return "done";
    if (kept.version !== version) return "changed-meanwhile";
    if (on <= kept.activeFrom) return "before-start";
    await updateInstitution(tx, id, { activeTo: on });
    await record(tx, { action: "institution.changed", by, id, at: now(), fields: ["activeTo"] });
    return "done";
  });
}

/** Takes the end of an institution back. Gives false where there is none of this id. */
export async function reopenInstitution({ db, now }: Needs, by: Pick<Account, "id">, id: string): Promise<boolean> {
  return db.write(async (tx) => {
    const kept = await findInstitution(tx, id);
    if (!kept) return false;
    if (kept.activeTo === null) return true;
    await updateInstitution(tx, id, { activeTo: null });
    await record(tx, { action: "institution.changed", by, id, at: now(), fields: ["activeTo"] });
    return true;
  });
}

interface Fact {
  readonly action: "institution.added" | "institution.changed";
  readonly by: Pick<Account, "id">;
  readonly id: string;
  readonly at: number;
  readonly fields?: readonly string[];
}

function record(tx: Writer, { action, by, id, at, fields }: Fact): Promise<void> {
  return recordAudit(tx, {
    action,
    by: { kind: "person", id: by.id },
    subject: { kind: "institution", id },
    at,
    ...(fields ? { detail: { fields: fields.join(" ") } } : {}),
  });
}
