import {
  type Account,
  admitMember,
  insertDeskMember,
  type PreparedAccount,
  prepareAccount,
  prepareDeskKey,
  type Role,
  storeAccount,
  storeDeskKey,
} from "#accounts/index.ts";
import { randomToken } from "#platform/crypto/derive.ts";
import type { Platform } from "#platform/platform.ts";
import people from "./people.json" with { type: "json" };
import type { DemoAccount } from "./prepare-demo.ts";

interface DemoPerson {
  readonly label: string;
  readonly role: Role;
  readonly name: string;
  readonly email: string;
  /** Where the person works; nowhere for who only looks after the directory. */
  readonly institution?: string;
}

/** Opens the desks at which invented people work; passwords are made anew at every start. */
export async function openDemoDesks(platform: Platform): Promise<{ accounts: DemoAccount[]; operator: Account }> {
  // The file is the demonstration's own; a wrong role would show at once, since that person could do nothing.
  const made = await Promise.all((people as readonly DemoPerson[]).map((each) => demoPerson(platform, each)));
  const first = new Map<string, PreparedAccount>();
  for (const { prepared, institution } of made) {
    const deskId = institution && `${institution}-desk`;
    const by = deskId === undefined ? undefined : first.get(deskId);
    if (deskId === undefined) await platform.db.write((tx) => storeAccount(tx, prepared));
    else if (by) await admit(platform, deskId, { by, member: prepared });
    else await openDesk(platform, deskId, prepared);
    if (deskId !== undefined && !by) first.set(deskId, prepared);
  }
  const [one] = made;
  if (!one) throw new Error("people.json names nobody");
  return { accounts: made.map(({ account }) => account), operator: operatorFrom(one.prepared) };
}

function operatorFrom({ row, keys }: PreparedAccount): Account {
  const { id, name, email } = row;
  return { id, name, email, role: "triage", leads: false, language: "sr", identity: keys.identity, sessionId: "" };
}

async function demoPerson(platform: Platform, { label, role, name, email, institution }: DemoPerson) {
  const password = randomToken(9);
  const prepared = await prepareAccount(platform, { name, email, role, language: "sr", password });
  return { prepared, institution, account: { role: label, email, password } };
}

async function openDesk(platform: Platform, deskId: string, { row, ...rest }: PreparedAccount): Promise<void> {
  const key = await prepareDeskKey(platform, deskId, row, undefined);
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
  const personId = member.row.id;
  await platform.db.write(async (tx) => {
    await storeAccount(tx, member);
    await insertDeskMember(tx, { deskId, personId, admittedAt: null });
  });
  const colleague = { id: by.row.id, identity: by.keys.identity };
  await admitMember(platform, { kind: "colleague", by: colleague }, { deskId, personId });
}
