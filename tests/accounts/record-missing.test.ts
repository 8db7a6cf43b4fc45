import { afterEach, beforeEach, expect, it } from "vitest";
import { COLLEAGUE, OPERATOR, openTestApp, type TestApp } from "../support/app.ts";
import { newVisitor } from "../support/browser.ts";
import { signInAs, unpaced } from "../support/journey.ts";

let test: TestApp;
beforeEach(async () => {
  test = await openTestApp(unpaced());
});
afterEach(() => test.close());

const refusals = async () =>
  (await test.database.raw("select actor_id, detail from audit_entry where action = 'account.refused'")).map((row) => ({
    by: row.actor_id,
    ...(JSON.parse(String(row.detail)) as { readonly route: string }),
  }));
const idOf = async (email: string) =>
  String((await test.database.raw(`select id from person where email = '${email}'`))[0]?.id);

it("asking for what is not there or not theirs is recorded by the route alone, whoever is signed in", async () => {
  const operator = newVisitor(test);
  await signInAs(operator);
  expect((await operator.get("/staff/cases/2026-123456")).status).toBe(404);
  expect((await operator.get("/staff/audit")).status).toBe(404);
  expect((await operator.post("/staff/people/invite", { name: "Zvrk" })).status).toBe(404);
  const id = await idOf(OPERATOR);
  const seen = await refusals();
  expect(seen.map(({ by }) => by)).toEqual([id, id, id]);
  expect(seen.map(({ route }) => route).sort()).toEqual([
    "GET /staff/audit",
    expect.stringMatching(/^GET \/staff\/cases\/:number/),
    "POST /staff/people/invite",
  ]);
  expect(JSON.stringify(seen)).not.toMatch(/123456|Zvrk/);
});

it("nobody without a session leaves a row, and nobody fills the record", async () => {
  await newVisitor(test).get("/staff/cases/2026-123456");
  expect(await refusals()).toEqual([]);
  const [operator, colleague] = [newVisitor(test), newVisitor(test)];
  await signInAs(operator);
  await signInAs(colleague, COLLEAGUE);
  for (let tries = 0; tries < 40; tries++) await operator.get("/staff/cases/2026-123456");
  await colleague.get("/staff/cases/2026-123456");
  const by = (await refusals()).map((each) => each.by);
  const [one, other] = [await idOf(OPERATOR), await idOf(COLLEAGUE)];
  expect([by.filter((id) => id === one).length, by.filter((id) => id === other).length]).toEqual([30, 1]);
});
