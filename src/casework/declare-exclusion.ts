import {
  type Account,
  deleteApartKey,
  findRecoveryOf,
  keepTrusted,
  listApartKeyHolders,
  type PreparedApartKey,
  prepareApartKey,
  type RecoveryNeeds,
  storeApartKey,
} from "#accounts/index.ts";
import { randomToken } from "#platform/crypto/derive.ts";
import { CannotOpen, seal } from "#platform/crypto/seal.ts";
import type { Reader } from "#platform/db/database.ts";
import type { Platform } from "#platform/platform.ts";
import { desksOf, listSealable, listWithinReach } from "./case-desks.ts";
import { endAccessOfConcerned } from "./end-access.ts";
import {
  countCompartments,
  insertExclusion,
  listConcerned,
  listExclusions,
  type NewHolder,
  replaceDeskHolders,
  type Whom,
} from "./exclusion-store.ts";
import { openCompartments } from "./open-compartments.ts";
import { type CaseRow, touchCase } from "./store.ts";
import { findCaseOf, workOnCase } from "./work-on-case.ts";

export type DeclareOutcome = "done" | "missing" | "nobodyLeft" | "changed";

export interface ExclusionNeeds extends RecoveryNeeds, Pick<Platform, "now"> {}

/** How often it is tried again where people came to the desk or left it meanwhile. */
const TRIES = 3;

/**
 * Keeps a person, or everybody of an institution, away from a case. Where somebody of the case's own desk is concerned,
 * the case is sealed anew to the others singly; whoever held its keys before may have kept them, and then the
 * where-clause alone keeps the case away (architecture: sealing).
 * @returns `nobodyLeft`, with nothing changed, where nobody could open the case any more; `changed`, likewise, where
 *   people came and went each time it was tried
 */
export async function declareExclusion(
  needs: ExclusionNeeds,
  by: Account,
  number: string,
  whom: Whom,
): Promise<DeclareOutcome> {
  let outcome: DeclareOutcome = "changed";
  for (let round = 0; round < TRIES && outcome === "changed"; round++) outcome = await tryOnce(needs, by, number, whom);
  return outcome;
}

async function tryOnce(needs: ExclusionNeeds, by: Account, number: string, whom: Whom): Promise<DeclareOutcome> {
  const { db } = needs;
  const found = await db.read(async (reader) => {
    const file = await findCaseOf(reader, by.id, number);
    return file && { file, standing: await standingOf(reader, needs, file, whom) };
  });
  if (!found) return "missing";
  const { file, standing } = found;
  if (standing.stay.length === 0) return "nobodyLeft";
  const anew = standing.concerned.length > 0 ? await sealAnew(needs, by, file, standing) : undefined;
  const outcome = await workOnCase(needs, by, number, async ({ tx, file: now, at, record }) => {
    if (!isSame(standing, await standingOf(tx, needs, now, whom)) || now.apartKeyId !== file.apartKeyId)
      return "changed";
    // Declared before, and perhaps while nobody it concerns stood at the desk.
    if (standing.known && (!anew || file.apartKeyId !== null)) return "done";
    const row = { id: randomToken(), caseId: file.id, ...whom, declaredAt: at, declaredBy: by.id };
    if (!standing.known) {
      await insertExclusion(tx, { ...row, liftedAt: null, liftedBy: null });
      await record("case.exclusionDeclared", detailOf(whom));
    }
    await endAccessOfConcerned(tx, file.id, whom, { by: { kind: "person", id: by.id }, at });
    if (!anew) return "done";
    await storeApartKey(tx, anew.key, at);
    await replaceDeskHolders(tx, file.id, anew.key.id, anew.holders);
    await touchCase(tx, file.id, { apartKeyId: anew.key.id });
    if (file.apartKeyId !== null) await deleteApartKey(tx, file.apartKeyId);
    return "done";
  });
  return outcome ?? "missing";
}

/** Who of those that could open a case is concerned, and who stays. */
interface Standing {
  /** Everybody who was admitted to its desks. */
  readonly everybody: readonly string[];
  readonly concerned: readonly string[];
  readonly stay: readonly { readonly id: string; readonly recipient: string }[];
  /** The same exclusion holds already. */
  readonly known: boolean;
}

async function standingOf(reader: Reader, { secrets }: ExclusionNeeds, file: CaseRow, whom: Whom): Promise<Standing> {
  const before = await listExclusions(reader, file.id);
  const known = before.some((each) => each.personId === whom.personId && each.institutionId === whom.institutionId);
  const people = await listSealable(reader, file);
  // Who is admitted later gets the desk's key, and must find the case sealed apart by then.
  const ids = await listWithinReach(reader, file);
  const away = await listConcerned(reader, ids, [...before, whom]);
  // Who came later and was not let in to a case that is apart already is not let in by another declaration either.
  const holders = file.apartKeyId === null ? undefined : await listApartKeyHolders(reader, file.apartKeyId);
  const trusted = await keepTrusted(reader, secrets, await desksOf(reader, file), people);
  const stay = trusted
    .filter(({ id }) => !away.has(id) && (holders?.has(id) ?? true))
    .map(({ id, recipient }) => ({ id, recipient }));
  const concerned = ids.filter((id) => away.has(id));
  return { everybody: people.map(({ id }) => id), concerned, stay, known };
}

async function sealAnew(
  needs: ExclusionNeeds,
  by: Account,
  file: CaseRow,
  { stay }: Standing,
): Promise<{ key: PreparedApartKey; holders: NewHolder[] }> {
  const open = await openCompartments(needs, by, file.id);
  const recoveryRecipient = await findRecoveryOf(needs, file.deskId);
  const key = await prepareApartKey(needs, { deskId: file.deskId, members: stay, recoveryRecipient });
  // A compartment that this person cannot open would be nobody's afterwards.
  if (open.size < (await needs.db.read((reader) => countCompartments(reader, file.id)))) throw new CannotOpen();
  const holders: NewHolder[] = [];
  for (const [compartmentId, identity] of open) {
    holders.push({ compartmentId, sealed: await seal(key.recipient, identity) });
  }
  return { key, holders };
}

function isSame(one: Standing, other: Standing): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

const detailOf = ({ personId, institutionId }: Whom): Record<string, string> => ({
  ...(personId ? { person: personId } : {}),
  ...(institutionId ? { institution: institutionId } : {}),
});
