import {
  type Account,
  insertDeskKeyHolder,
  insertDeskMember,
  type PreparedAccount,
  prepareAccount,
  prepareDeskKey,
  sealDeskKeysTo,
  storeAccount,
  storeDeskKey,
} from "#accounts/index.ts";
import { randomToken } from "#platform/crypto/derive.ts";
import type { Platform } from "#platform/platform.ts";
import people from "./people.json" with { type: "json" };
import type { DemoAccount } from "./prepare-demo.ts";

const TRIAGE_DESK = "demo-triage-desk";
const FALLBACK_DESK = "demo-contact-center-desk";

/** Opens the triage desk and its fallback with invented people; passwords are made anew at every start. */
export async function openDemoDesks(platform: Platform): Promise<{ accounts: DemoAccount[]; operator: Account }> {
  const [first, second, fallback] = await Promise.all(people.map((each) => demoPerson(platform, each)));
  if (!first || !second || !fallback) throw new Error("people.json needs two triage operators and one fallback");
  await openDesk(platform, TRIAGE_DESK, first.prepared);
  await openDesk(platform, FALLBACK_DESK, fallback.prepared);
  await admit(platform, TRIAGE_DESK, { by: first.prepared, member: second.prepared });
  const { id, name, email } = first.prepared.row;
  const operator: Account = {
    id,
    name,
    email,
    role: "triage",
    language: "sr",
    identity: first.prepared.keys.identity,
    sessionId: "",
  };
  return { accounts: [first.account, second.account, fallback.account], operator };
}

async function demoPerson(platform: Platform, { name, email }: { name: string; email: string }) {
  const password = randomToken(9);
  const prepared = await prepareAccount(platform, { name, email, role: "triage", language: "sr", password });
  return { prepared, account: { role: "triage", email, password } };
}

async function openDesk(platform: Platform, deskId: string, { row, ...rest }: PreparedAccount): Promise<void> {
  const key = await prepareDeskKey(deskId, row, undefined);
  const at = platform.now();
  await platform.db.write(async (tx) => {
    await storeAccount(tx, { row, ...rest });
    await insertDeskMember(tx, { deskId, personId: row.id, admittedAt: at });
    await storeDeskKey(tx, key, at);
  });
}

async function admit(
  platform: Platform,
  deskId: string,
  { by, member }: { by: PreparedAccount; member: PreparedAccount },
): Promise<void> {
  const holder = { personId: by.row.id, identity: by.keys.identity };
  await platform.db.write((tx) => storeAccount(tx, member));
  const keys = await platform.db.read((reader) => sealDeskKeysTo(reader, deskId, holder, member.row));
  await platform.db.write(async (tx) => {
    await insertDeskMember(tx, { deskId, personId: member.row.id, admittedAt: platform.now() });
    for (const key of keys) await insertDeskKeyHolder(tx, key);
  });
}
