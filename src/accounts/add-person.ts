import { recordAudit } from "#audit/index.ts";
import { type Desk, findByIdentifier, listDesksAt, searchForm } from "#institutions/index.ts";
import type { LocalText } from "#messages/messages.ts";
import { randomToken } from "#platform/crypto/derive.ts";
import type { Reader } from "#platform/db/database.ts";
import type { Platform } from "#platform/platform.ts";
import { type NewPerson, type PreparedAccount, prepareAccount, storeAccount } from "./create-account.ts";
import { listDesksWithKey, newestDeskKey } from "./desk-key-store.ts";
import { prepareDeskKey, storeDeskKey } from "./desk-keys.ts";
import { insertDeskMember } from "./desk-store.ts";
import { countPeople, findPersonByEmail } from "./person-store.ts";
import { findRecoveryIn, findRecoveryRecipient, type RecoveryNeeds } from "./recovery-recipient.ts";

export interface AddPersonNeeds extends RecoveryNeeds, Pick<Platform, "lanes" | "now"> {}

export type AddPersonRefusal = "notSetUp" | "emailTaken" | "noInstitution" | "noDesk" | "deskTaken" | "whichDesk";

export type AddedPerson =
  | { readonly ok: true; readonly password: string; readonly recoveryCode: string }
  /** With the desks that could be meant. */
  | { readonly ok: false; readonly because: AddPersonRefusal; readonly desks?: readonly LocalText[] };

/** Where somebody works: an institution by its identifier, and its desk by name where several wait for a first member. */
export interface Workplace {
  readonly identifier: string;
  readonly desk?: string | undefined;
}

/**
 * Makes an account with a password of its own making, and where a workplace is named, makes the person the first member
 * of its desk, with the desk's key. Whoever comes to a desk that has a key is admitted by a colleague, who alone can open
 * it, also where all that were there have left.
 */
export async function addPerson(
  needs: AddPersonNeeds,
  person: Omit<NewPerson, "password">,
  workplace: Workplace | undefined,
): Promise<AddedPerson> {
  const { db, now } = needs;
  const chosen = workplace && (await db.read((reader) => chooseDesk(reader, workplace, now())));
  if (chosen && !chosen.ok) return (await db.read(countPeople)) === 0 ? { ok: false, because: "notSetUp" } : chosen;
  const password = randomToken(12);
  const account = await prepareAccount(needs, { ...person, password });
  return place(needs, { account, password, deskId: chosen?.deskId });
}

interface Placing {
  readonly account: PreparedAccount;
  readonly password: string;
  readonly deskId: string | undefined;
}

async function place(needs: AddPersonNeeds, placing: Placing): Promise<AddedPerson> {
  const { account, password, deskId } = placing;
  const recovery = await findRecoveryRecipient(needs);
  const key = deskId === undefined ? undefined : await prepareDeskKey(needs, deskId, account.row, recovery);
  const at = needs.now();
  const by = { kind: "system" } as const;
  const placed = await needs.db.write(async (tx): Promise<AddedPerson | "recovery-changed"> => {
    if (key && recovery !== (await findRecoveryIn(tx, needs))) return "recovery-changed";
    if ((await countPeople(tx)) === 0) return { ok: false, because: "notSetUp" };
    if (await findPersonByEmail(tx, account.row.email)) return { ok: false, because: "emailTaken" };
    if (deskId !== undefined && (await newestDeskKey(tx, deskId))) return { ok: false, because: "deskTaken" };
    await storeAccount(tx, account);
    if (deskId !== undefined && key) {
      const subject = { kind: "desk", id: deskId } as const;
      await insertDeskMember(tx, { deskId, personId: account.row.id, admittedAt: at });
      await storeDeskKey(tx, key, at);
      await recordAudit(tx, { action: "desk.keyMade", by, subject, at });
    }
    return { ok: true, password, recoveryCode: account.recoveryCode };
  });
  // A recovery key that was made meanwhile opens this desk too.
  return placed === "recovery-changed" ? place(needs, placing) : placed;
}

type Chosen = { readonly ok: true; readonly deskId: string } | (AddedPerson & { readonly ok: false });

/** The desk that is named, or else the only one that waits for its first member. */
async function chooseDesk(reader: Reader, { identifier, desk: wanted }: Workplace, at: number): Promise<Chosen> {
  const institution = await findByIdentifier(reader, identifier);
  // Nobody is sent to where nobody works any more.
  if (!institution || (institution.activeTo !== null && institution.activeTo <= at))
    return { ok: false, because: "noInstitution" };
  const desks = await listDesksAt(reader, institution.id);
  if (desks.length === 0) return { ok: false, because: "noDesk" };
  const withKey = await listDesksWithKey(
    reader,
    desks.map(({ id }) => id),
  );
  const free = desks.filter(({ id }) => !withKey.has(id));
  const isMeant = ({ name }: Desk) =>
    wanted === undefined || [name.sr, name.en].some((each) => searchForm(each) === searchForm(wanted));
  const [one, another] = free.filter(isMeant);
  if (one && !another) return { ok: true, deskId: one.id };
  if (!one && desks.some((each) => withKey.has(each.id) && isMeant(each))) return { ok: false, because: "deskTaken" };
  return { ok: false, because: "whichDesk", desks: free.map(({ name }) => name) };
}
