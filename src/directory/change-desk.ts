import { type Account, mayStandIn } from "#accounts/index.ts";
import { recordAudit } from "#audit/index.ts";
import {
  type Desk,
  type Institution,
  insertDesk,
  listDesks,
  listDesksAt,
  TRIAGE,
  updateDesk,
} from "#institutions/index.ts";
import { randomToken } from "#platform/crypto/derive.ts";
import type { Platform } from "#platform/platform.ts";
import { named } from "./read-registry-form.ts";
import { isChangedMeanwhile, type PartValues } from "./registry-part-changed.ts";

type Needs = Pick<Platform, "db" | "now">;
type By = Pick<Account, "id">;

interface NewDesk {
  readonly institution: Pick<Institution, "id" | "type">;
  readonly row: Pick<Desk, "name">;
}

/**
 * Adds a desk to an institution; the team that receives every report has the desk it was set up with.
 * @returns false where a desk of this name is there already, also by the same form pressed twice
 */
export async function addDesk({ db, now }: Needs, by: By, { institution, row }: NewDesk): Promise<boolean> {
  if (institution.type === TRIAGE) throw new Error("a triage team keeps the desk it was set up with");
  const id = randomToken();
  return db.write(async (tx) => {
    if ((await listDesksAt(tx, institution.id)).some(({ name }) => name.sr === row.name.sr)) return false;
    await insertDesk(tx, { ...row, id, institutionId: institution.id, kind: institution.type, fallbackId: null });
    const subject = { kind: "desk", id } as const;
    await recordAudit(tx, { action: "desk.added", by: { kind: "person", id: by.id }, subject, at: now() });
    return true;
  });
}

/** What a form says of a desk; only the triage desk has one that stands in for it. */
export type DeskRow = Pick<Desk, "name" | "fallbackId">;

interface ChangedDesk {
  readonly desk: Desk;
  readonly row: DeskRow;
  /** What the form said when it was shown. */
  readonly shown: PartValues | undefined;
}

/** Who is to stand in for a desk: whom somebody proposed, or who does by now. */
export function askedFallback({
  proposedFallbackId,
  fallbackId,
}: Pick<Desk, "fallbackId"> & Partial<Desk>): string | null {
  return proposedFallbackId ?? fallbackId;
}

/** What the fields of a desk say; English that nobody wrote is left out. */
export function deskValues(row: DeskRow & Partial<Desk>): PartValues {
  const { name } = row;
  return {
    name: name.sr,
    nameEn: name.en === named(name.sr, "").en ? "" : name.en,
    standIn: askedFallback(row) ?? "",
  };
}

/**
 * Gives a desk another name, and proposes another one that stands in for the triage desk, unless somebody else has
 * meanwhile; none stands in at once. What changes nothing writes nothing.
 * @returns the desk as it stands there where somebody has changed it, `closed` where nobody could open anything at the
 *   desk that was to stand in, and undefined when done
 */
export async function changeDesk(
  { db, now }: Needs,
  by: By,
  { desk, row, shown }: ChangedDesk,
): Promise<Desk | "closed" | undefined> {
  return db.write(async (tx) => {
    const [kept = desk] = await listDesks(tx, [desk.id]);
    if (isChangedMeanwhile({ theirs: deskValues(kept), mine: deskValues(row), shown })) return kept;
    const isRenamed = kept.name.sr !== row.name.sr || kept.name.en !== row.name.en;
    const standIn = standInChange(kept, row.fallbackId);
    const proposed = standIn.proposedFallbackId ?? undefined;
    if (proposed !== undefined && !(await mayStandIn(tx, kept, proposed))) return "closed";
    const isRemoved = standIn.fallbackId === null && kept.fallbackId !== null;
    const fields = [...(isRenamed ? ["name"] : []), ...(isRemoved ? ["standIn"] : [])];
    const withdrawn = standIn.proposedFallbackId === null ? kept.proposedFallbackId : null;
    const did = { by: { kind: "person", id: by.id }, subject: { kind: "desk", id: desk.id }, at: now() } as const;
    if (isRenamed || Object.keys(standIn).length > 0) await updateDesk(tx, desk.id, { name: row.name, ...standIn });
    if (fields.length > 0)
      await recordAudit(tx, { ...did, action: "desk.changed", detail: { fields: fields.join(" ") } });
    if (proposed !== undefined)
      await recordAudit(tx, { ...did, action: "desk.fallbackProposed", detail: { desk: proposed } });
    if (withdrawn !== null)
      await recordAudit(tx, { ...did, action: "desk.fallbackWithdrawn", detail: { desk: withdrawn } });
    return undefined;
  });
}

/** What a form's desk changes: whoever is chosen is only proposed, since it then opens what others are told. */
function standInChange(kept: Desk, wantedId: string | null): Partial<Pick<Desk, "fallbackId" | "proposedFallbackId">> {
  if (wantedId === askedFallback(kept)) return {};
  if (wantedId === null) return { fallbackId: null, proposedFallbackId: null };
  return { proposedFallbackId: wantedId === kept.fallbackId ? null : wantedId };
}
