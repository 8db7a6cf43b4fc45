import { insertDeskMember, prepareAccount, storeAccount } from "#accounts/index.ts";
import type { Role } from "#accounts/roles.ts";
import { PASSWORD, type TestApp } from "./app.ts";
import { newVisitor, type Visitor } from "./browser.ts";

/** Makes a person of a role, at a desk or at none, and signs that person in. */
export async function newStaff(
  test: TestApp,
  role: Role,
  deskId?: string,
  email = `${role}-${deskId ?? "nowhere"}@staff.test`,
): Promise<Visitor & { readonly id: string }> {
  const person = { email, name: `Sanja ${role}`, role, language: "en", password: PASSWORD } as const;
  const account = await prepareAccount(test.platform, person);
  await test.platform.db.write(async (tx) => {
    await storeAccount(tx, account);
    if (deskId) await insertDeskMember(tx, { deskId, personId: account.row.id, admittedAt: 1 });
  });
  const visitor = newVisitor(test);
  const seen = await visitor.post("/staff/session", { email, password: PASSWORD });
  if (seen.status !== 303) throw new Error(`${email} was not signed in`);
  return { ...visitor, id: account.row.id };
}
