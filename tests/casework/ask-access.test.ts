import { afterEach, beforeEach, expect, it } from "vitest";
import { NOON, openTestApp, type TestApp } from "../support/app.ts";
import { newVisitor } from "../support/browser.ts";
import { sendShortReport, signInAs, unpaced } from "../support/journey.ts";
import { addInstitutions, institutionRow, signInNew } from "../support/people-at-work.ts";
import { insertBareCases, numberAt } from "./rows.ts";

const PATH = "/staff/access";
const REASON = "the deadline has passed twice";
let test: TestApp;
beforeEach(async () => {
  test = await openTestApp(unpaced());
  await addInstitutions(test, [institutionRow("ministry", "ministry")]);
  await test.database.raw("update institution set supervisor_id = 'ministry' where id = 'inst-triage'");
});
afterEach(() => test.close());

async function numbers(): Promise<string[]> {
  const rows = await test.database.raw("select number from case_file order by received_at, number");
  return rows.map(({ number }) => String(number));
}

it("a request waits where twenty others of the same person wait, and is taken once a desk has decided one", async () => {
  const supervisor = await signInNew(test, "supervisor", ["ministry"]);
  await sendShortReport(newVisitor(test));
  const [asked = ""] = await numbers();
  await supervisor.post(PATH, { number: asked, reason: REASON });
  const [first] = await test.database.raw("select person_id, entry_id from case_access");
  const others = Array.from({ length: 19 }, (_, at) => ({ number: numberAt(500 + at), receivedAt: NOON }));
  await insertBareCases(test.platform.db, others);
  const bare = await test.database.raw(`select id from case_file where number <> '${asked}'`);
  for (const { id } of bare) {
    const values = `'a-${id}', '${id}', '${first?.person_id}', '${first?.entry_id}', ${NOON}`;
    await test.database.raw(`insert into case_access (id, case_id, person_id, entry_id, asked_at) values (${values})`);
  }
  const known = new Set(await numbers());
  await sendShortReport(newVisitor(test));
  const number = (await numbers()).find((each) => !known.has(each)) ?? "";
  const seen = await supervisor.post(PATH, { number, reason: REASON });
  expect([seen.status, seen.text.includes("Twenty of your requests wait")]).toEqual([422, true]);
  expect(seen.text).toContain(REASON);

  const operator = newVisitor(test);
  await signInAs(operator);
  const page = await operator.get(`/staff/cases/${asked}/access`);
  const [, refuse = ""] = /action="([^"]+\/refuse)"/.exec(page.text) ?? [];
  await operator.post(refuse, {});
  expect((await supervisor.post(PATH, { number, reason: REASON })).status).toBe(303);
});
