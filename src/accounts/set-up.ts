import { recordAudit } from "#audit/index.ts";
import { insertDesk, insertInstitution } from "#institutions/index.ts";
import type { LocalText } from "#messages/messages.ts";
import { digest, randomToken } from "#platform/crypto/derive.ts";
import type { Database } from "#platform/db/database.ts";
import type { Platform } from "#platform/platform.ts";
import { type NewPerson, type PreparedAccount, prepareAccount, storeAccount } from "./create-account.ts";
import { prepareDeskKey, storeDeskKey } from "./desk-keys.ts";
import { insertDeskMember } from "./desk-store.ts";
import { countPeople, deleteSetupLink, hasSetupLink, insertSetupLink } from "./person-store.ts";

const LINK_MS = 24 * 3_600_000;

/** Makes the one-time token of the set-up link, or undefined when somebody has an account already. */
export async function makeSetupToken({ db, now }: Pick<Platform, "db" | "now">): Promise<string | undefined> {
  return db.write(async (tx) => {
    if ((await countPeople(tx)) > 0) return undefined;
    const token = randomToken(24);
    const at = now();
    await insertSetupLink(tx, digest(token), at + LINK_MS);
    // Whoever uses it becomes the first member: that it was made must be seen, and how often.
    const subject = { kind: "person", id: undefined } as const;
    await recordAudit(tx, { action: "account.setupLinkMade", by: { kind: "system" }, subject, at });
    return token;
  });
}

export function isSetupToken(db: Database, token: string, now: number): Promise<boolean> {
  return db.read((reader) => hasSetupLink(reader, digest(token), now));
}

export interface SetupNeeds extends Pick<Platform, "db" | "secrets" | "lanes" | "now"> {
  readonly recoveryRecipient: string | undefined;
  /** The name of the first desk, from the messages. */
  readonly deskName: LocalText;
  /** Where the triage team sits, a code of the country. */
  readonly territory: string;
}

/** Makes the triage desk with its key and its first member, once. Returns undefined when the link is used up. */
export async function setUp(needs: SetupNeeds, token: string, person: NewPerson): Promise<PreparedAccount | undefined> {
  const account = await prepareAccount(needs, person);
  const at = needs.now();
  const institutionId = randomToken();
  const deskId = randomToken();
  const key = await prepareDeskKey(deskId, account.row, needs.recoveryRecipient);
  return needs.db.write(async (tx) => {
    const allowed = (await hasSetupLink(tx, digest(token), at)) && (await countPeople(tx)) === 0;
    if (!allowed) return undefined;
    await deleteSetupLink(tx, digest(token));
    const { deskName: name, territory } = needs;
    const institution = { id: institutionId, identifier: "triage", type: "triage", name, territory };
    await insertInstitution(tx, { ...institution, activeFrom: at, activeTo: null });
    await insertDesk(tx, { id: deskId, institutionId, kind: "triage", name, fallbackId: null });
    await storeAccount(tx, account);
    await insertDeskMember(tx, { deskId, personId: account.row.id, admittedAt: at });
    await storeDeskKey(tx, key, at);
    const by = { kind: "person", id: account.row.id } as const;
    await recordAudit(tx, { action: "desk.keyMade", by, subject: { kind: "desk", id: deskId }, at });
    return account;
  });
}
