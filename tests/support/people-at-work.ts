import { insertDeskMember, prepareAccount, storeAccount } from "#accounts/index.ts";
import { insertDesk, insertInstitution } from "#institutions/index.ts";
import { PASSWORD, type TestApp } from "./app.ts";
import { newVisitor, type Visitor } from "./browser.ts";
import { signInAs } from "./journey.ts";

type Role = Parameters<typeof prepareAccount>[1]["role"];
type NewInstitution = Parameters<typeof insertInstitution>[1];

/** An institution of a test; what is not said is ordinary. */
export function institutionRow(id: string, type: string, more: Partial<NewInstitution> = {}): NewInstitution {
  const name = { sr: `Установа ${id}`, en: `Institution ${id}` };
  return { id, identifier: id, type, name, territory: "rs-novi-sad", activeFrom: 0, activeTo: null, ...more };
}

/** Stores institutions as they are. */
export async function addInstitutions({ platform }: TestApp, rows: readonly NewInstitution[]): Promise<void> {
  await platform.db.write(async (tx) => {
    for (const row of rows) await insertInstitution(tx, row);
  });
}

/** Adds somebody with a role, who works at a new desk of each of these institutions; the e-mail address signs in. */
export async function addPerson(
  { platform }: Pick<TestApp, "platform">,
  role: Role,
  institutionIds: readonly string[] = [],
): Promise<string> {
  const email = `${role}-${institutionIds.join("-") || "nowhere"}@work.test`;
  const person = { email, name: "Radmila Radnik", role, language: "en", password: PASSWORD } as const;
  const account = await prepareAccount(platform, person);
  await platform.db.write(async (tx) => {
    await storeAccount(tx, account);
    for (const institutionId of institutionIds) {
      const id = `desk-${institutionId}-${account.row.id}`;
      await insertDesk(tx, { id, institutionId, kind: "team", name: { sr: "Тим", en: "Team" }, fallbackId: null });
      await insertDeskMember(tx, { deskId: id, personId: account.row.id, admittedAt: platform.now() });
    }
  });
  return email;
}

/** The same, signed in. */
export async function signInNew(
  test: Pick<TestApp, "app" | "platform"> & Partial<TestApp>,
  role: Role,
  institutionIds: readonly string[] = [],
): Promise<Visitor> {
  const visitor = newVisitor(test);
  await signInAs(visitor, await addPerson(test, role, institutionIds));
  return visitor;
}
