import { type Account, findPerson, hasOwnRecipient } from "#accounts/index.ts";
import { seal } from "#platform/crypto/seal.ts";
import type { Platform } from "#platform/platform.ts";
import { type Access, decideAccess, findAccess, insertPersonHolders } from "./access-store.ts";
import { endAccess } from "./end-access.ts";
import type { NewHolder } from "./exclusion-store.ts";
import { findCaseBelow } from "./find-case-below.ts";
import { openCompartments } from "./open-compartments.ts";
import { findCaseOf, workOnCase } from "./work-on-case.ts";

type Needs = Pick<Platform, "db" | "secrets" | "now">;

/** `decided`: a colleague was first; `gone`: whoever asked may not ask any more; `missing`: no such request here. */
export type DecideOutcome = "done" | "decided" | "gone" | "missing";

/** For how many days a desk may let somebody in. */
export const DAYS = ["1", "7", "14"] as const;
const DAY_MS = 86_400_000;

/** One request about one case, as an address names it. */
export interface Which {
  readonly number: string;
  readonly id: string;
}

/**
 * Lets a supervisor into a case for some days: whoever grants holds the case's keys, and seals them to that person's own
 * (architecture: sealing). The keys, the decision and its record are one transaction.
 */
export async function grantAccess(
  needs: Needs,
  by: Account,
  { number, id }: Which,
  days: (typeof DAYS)[number],
): Promise<DecideOutcome> {
  const found = await findToDecide(needs, by, { number, id });
  if (typeof found === "string") return found;
  const { access, recipient } = found;
  const holders = await sealTo(needs, by, access.caseId, recipient);
  const outcome = await workOnCase(needs, by, number, async ({ tx, at, record }): Promise<DecideOutcome> => {
    // Whoever left, was kept away or took up a new key meanwhile must not get what was sealed before.
    const asker = await findPerson(tx, access.personId);
    const still = await findCaseBelow(tx, access.personId, { number });
    if (!still || asker?.recipient !== recipient) return "gone";
    const decision = {
      decidedAt: at,
      decidedBy: by.id,
      granted: true,
      endsAt: at + Number(days) * DAY_MS,
      endedAt: null,
    };
    if (!(await decideAccess(tx, id, decision))) return "decided";
    await insertPersonHolders(tx, access.personId, holders);
    await record("case.accessGranted", { request: id, person: access.personId, days });
    return "done";
  });
  return outcome ?? "missing";
}

async function findToDecide(
  { db, secrets }: Needs,
  by: Account,
  { number, id }: Which,
): Promise<{ readonly access: Access; readonly recipient: string } | DecideOutcome> {
  return db.read(async (reader) => {
    const file = await findCaseOf(reader, by.id, number);
    const access = file && (await findAccess(reader, file.id, id));
    if (!access) return "missing";
    if (access.decidedAt !== null || access.endedAt !== null) return "decided";
    const asker = await findPerson(reader, access.personId);
    return asker && hasOwnRecipient(secrets, asker) ? { access, recipient: asker.recipient } : "gone";
  });
}

async function sealTo(needs: Needs, by: Account, caseId: string, recipient: string): Promise<NewHolder[]> {
  const holders: NewHolder[] = [];
  for (const [compartmentId, identity] of await openCompartments(needs, by, caseId)) {
    holders.push({ compartmentId, sealed: await seal(recipient, identity) });
  }
  return holders;
}

export async function refuseAccess(needs: Needs, by: Account, { number, id }: Which): Promise<DecideOutcome> {
  const outcome = await workOnCase(needs, by, number, async ({ tx, file, at, record }): Promise<DecideOutcome> => {
    const access = await findAccess(tx, file.id, id);
    if (!access) return "missing";
    const decision = { decidedAt: at, decidedBy: by.id, granted: false, endsAt: null, endedAt: at };
    if (!(await decideAccess(tx, id, decision))) return "decided";
    await record("case.accessRefused", { request: id, person: access.personId });
    return "done";
  });
  return outcome ?? "missing";
}

/** Takes back what was granted; what has ended before stays as it ended. */
export async function takeBackAccess(needs: Needs, by: Account, { number, id }: Which): Promise<DecideOutcome> {
  const outcome = await workOnCase(needs, by, number, async ({ tx, file, at }): Promise<DecideOutcome> => {
    const access = await findAccess(tx, file.id, id);
    if (access?.granted !== true) return "missing";
    const ended = await endAccess(tx, access, { by: { kind: "person", id: by.id }, at, how: "takenBack" });
    return ended ? "done" : "decided";
  });
  return outcome ?? "missing";
}
