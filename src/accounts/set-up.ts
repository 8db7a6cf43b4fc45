import { recordAudit } from "#audit/index.ts";
import { WHOLE_COUNTRY } from "#country/index.ts";
import {
  changeSetting,
  forgetOfferedLanguages,
  insertDesk,
  insertInstitution,
  insertOpening,
  type Stage,
  TRIAGE,
} from "#institutions/index.ts";
import type { Language, LocalText } from "#messages/messages.ts";
import { digest, randomToken } from "#platform/crypto/derive.ts";
import type { Database, Writer } from "#platform/db/database.ts";
import type { Platform } from "#platform/platform.ts";
import { type NewPerson, type PreparedAccount, prepareAccount, storeAccount } from "./create-account.ts";
import { countPeople, deleteSetupLink, hasSetupLink, insertSetupLink } from "./person-store.ts";

const LINK_MS = 24 * 3_600_000;

/** Makes the one-time token of the set-up link, or undefined when somebody has an account already. */
export async function makeSetupToken({ db, now }: Pick<Platform, "db" | "now">): Promise<string | undefined> {
  return db.write(async (tx) => {
    if ((await countPeople(tx)) > 0) return undefined;
    const token = randomToken(24);
    const at = now();
    await insertSetupLink(tx, digest(token), at + LINK_MS);
    // Whoever uses it looks after the service: that it was made must be seen, and how often.
    const subject = { kind: "person", id: undefined } as const;
    await recordAudit(tx, { action: "account.setupLinkMade", by: { kind: "system" }, subject, at });
    return token;
  });
}

export function isSetupToken(db: Database, token: string, now: number): Promise<boolean> {
  return db.read((reader) => hasSetupLink(reader, digest(token), now));
}

export const SIZES = ["country", "school"] as const;
export type Size = (typeof SIZES)[number];

/** What the first administrator says of a new service. */
export interface NewDeployment {
  readonly size: Size;
  /** The body that runs it, or the school that it is for. */
  readonly operator: LocalText;
  /** A code of `institution_type`: a triage team's, or the school's own. */
  readonly type: string;
  readonly territory: string;
  /** The desk that receives every report. */
  readonly deskName: LocalText;
  /** Who may report at first. */
  readonly stage: Stage;
  /** In which languages the public is spoken with. */
  readonly offered: readonly Language[];
}

type Needs = Pick<Platform, "db" | "secrets" | "lanes" | "now">;

/**
 * Makes the administrator, the desk that will receive every report and its institution, once. The desk has no key before
 * its first member comes: an administrator never opens a case.
 * @returns undefined when the link is used up
 */
export async function setUp(
  needs: Needs,
  token: string,
  deployment: NewDeployment,
  person: Omit<NewPerson, "role">,
): Promise<PreparedAccount | undefined> {
  const account = await prepareAccount(needs, { ...person, role: "admin" });
  const at = needs.now();
  const made = await needs.db.write(async (tx) => {
    const allowed = (await hasSetupLink(tx, digest(token), at)) && (await countPeople(tx)) === 0;
    if (!allowed) return undefined;
    await deleteSetupLink(tx, digest(token));
    await storeAccount(tx, account);
    await storeDeployment(tx, deployment, account.row.id, at);
    return account;
  });
  forgetOfferedLanguages(needs.db);
  return made;
}

async function storeDeployment(tx: Writer, deployment: NewDeployment, personId: string, at: number): Promise<void> {
  const { size, operator, type, territory, deskName, stage, offered } = deployment;
  const by = { kind: "person", id: personId } as const;
  const institutionId = randomToken();
  const institution = { id: institutionId, identifier: size === "school" ? "school" : TRIAGE, type, territory };
  await insertInstitution(tx, { ...institution, name: operator, activeFrom: at, activeTo: null });
  const subject = { kind: "institution", id: institutionId } as const;
  await recordAudit(tx, { action: "institution.added", by, subject, at });
  const deskId = randomToken();
  await insertDesk(tx, { id: deskId, institutionId, kind: TRIAGE, name: deskName, fallbackId: null });
  await recordAudit(tx, { action: "desk.added", by, subject: { kind: "desk", id: deskId }, at });
  await changeSetting(tx, by, at, { name: "size", value: size });
  await changeSetting(tx, by, at, { name: "languages", value: offered.join(",") });
  await changeSetting(tx, by, at, { name: "operator", value: JSON.stringify(operator) });
  if (size === "school") await changeSetting(tx, by, at, { name: "school", value: institutionId });
  const line = { territory: WHOLE_COUNTRY, stage, from: at };
  await insertOpening(tx, { id: randomToken(), ...line });
  const plan = { kind: "directory", id: undefined } as const;
  await recordAudit(tx, { action: "opening.added", by, subject: plan, at, detail: line });
}
