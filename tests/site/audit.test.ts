import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type AUDIT_ACTIONS, recordAudit, selectAudit } from "#audit/index.ts";
import { selectExcludedIds } from "#casework/index.ts";
import { isPostgres } from "#platform/db/columns.ts";
import { COLLEAGUE, NOON, OPERATOR, openTestApp, type TestApp } from "../support/app.ts";
import { newVisitor, type Seen, type Visitor } from "../support/browser.ts";
import { numbersOn, sendShortReport, signInAs, unpaced } from "../support/journey.ts";
import { newStaff } from "../support/new-staff.ts";

const AUDIT = "/staff/audit";
const DAY = 86_400_000;
let test: TestApp;
let admin: Visitor & { readonly id: string };

beforeEach(async () => {
  test = await openTestApp(unpaced());
  admin = await newStaff(test, "admin");
});
afterEach(() => test.close());

const rowsOn = ({ text }: Seen) =>
  [...text.matchAll(/<tr><td data-label="When">(.*?)<\/tr>/gs)].map(([, row = ""]) =>
    row
      .split("</td>")
      .slice(0, -1)
      .map((cell) => cell.replace(/<[^>]*>/g, "").trim()),
  );
const whatOn = (seen: Seen) => rowsOn(seen).map(([, who, what]) => `${who}: ${what}`);
const linkOn = ({ text }: Seen, label: RegExp) =>
  [...text.matchAll(/<a href="([^"]+)"[^>]*>([^<]+)<\/a>/g)]
    .find(([, , words = ""]) => label.test(words))?.[1]
    ?.replaceAll("&amp;", "&");
const idOf = async (email: string) =>
  String((await test.database.raw(`select id from person where email = '${email}'`))[0]?.id);
const fill = (many: number, action: (typeof AUDIT_ACTIONS)[number] = "desk.changed") =>
  test.platform.db.write(async (tx) => {
    for (let each = 0; each < many; each++) {
      const subject = { kind: "desk", id: "desk-triage" } as const;
      await recordAudit(tx, { action, by: { kind: "system" }, subject, at: NOON - DAY - each * 1000 });
    }
  });

describe("the record", () => {
  it("tells the newest first who did what to whom, in words, and that it was looked at", async () => {
    await sendShortReport(newVisitor(test));
    const operator = newVisitor(test);
    test.pass(1000);
    await signInAs(operator);
    test.pass(1000);
    const [number = ""] = numbersOn(await operator.get("/staff/cases"));
    await operator.get(`/staff/cases/${number}`);
    test.pass(1000);
    await operator.post(`/staff/cases/${number}/urgency`, { urgency: "p1", reason: "seen on the phone", version: "1" });
    test.pass(1000);
    await newVisitor(test).post("/staff/session", { email: OPERATOR, password: "wrong" });
    const seen = await admin.get(AUDIT);
    expect(whatOn(seen).slice(0, 5)).toEqual([
      "The service: A sign-in was refused",
      "Olga Operator: Set the urgency",
      "Olga Operator: Read a case",
      "Olga Operator: Signed in",
      "A reporter: A report arrived",
    ]);
    expect(rowsOn(seen)[1]?.slice(3)).toEqual([`Case ${number}`, "p3 → p1"]);
    test.pass(1000);
    await admin.get(AUDIT);
    test.pass(1000);
    expect(whatOn(await admin.get(AUDIT))[0]).toBe("Sanja admin: Looked at this record");
  });

  it("is shown by what, by whom, about whose account and by days, and each filter stays while leafing", async () => {
    await fill(120);
    const operator = newVisitor(test);
    await signInAs(operator);
    const id = await idOf(OPERATOR);
    expect(new Set(whatOn(await admin.get(`${AUDIT}?action=account.signedIn`)))).toEqual(
      new Set(["Olga Operator: Signed in", "Sanja admin: Signed in"]),
    );
    expect(new Set(rowsOn(await admin.get(`${AUDIT}?person=${id}`)).map(([, who]) => who))).toEqual(
      new Set(["Olga Operator"]),
    );
    expect(whatOn(await admin.get(`${AUDIT}?account=${id}`))).toContain("Olga Operator: Signed in");
    expect(rowsOn(await admin.get(`${AUDIT}?from=23.%2011.%202026.`))).toEqual([]);
    const days = await admin.get(`${AUDIT}?from=21.%2011.%202026.&until=21.%2011.%202026.`);
    expect(rowsOn(days)).toHaveLength(50);
    expect(new Set(whatOn(days))).toEqual(new Set(["The service: Changed a desk"]));

    const pages = [days];
    for (let next = linkOn(days, /^Older/); next; next = linkOn(pages.at(-1) ?? days, /^Older/)) {
      pages.push(await admin.get(next));
    }
    expect(pages.map((each) => rowsOn(each).length)).toEqual([50, 50, 20]);
    const back = await admin.get(linkOn(pages[2] ?? days, /^Newer/) ?? "");
    expect(rowsOn(back)).toEqual(rowsOn(pages[1] ?? days));
    expect(rowsOn(await admin.get(linkOn(back, /^Newer/) ?? ""))).toEqual(rowsOn(days));
  });

  it("says when a day is none, and takes whatever else an address holds for nothing", async () => {
    const seen = await admin.get(`${AUDIT}?from=yesterday`);
    expect([seen.status, seen.text.includes("Write a day such as 1. 9. 2026.")]).toEqual([200, true]);
    for (const query of ["action=drop", "person=x", "after=1", "before=9.%27", "account=%00a"]) {
      expect((await admin.get(`${AUDIT}?${query}`)).status, query).toBeLessThan(405);
    }
  });

  it("does not exist for anybody who does not look after accounts", async () => {
    const operator = newVisitor(test);
    await signInAs(operator);
    expect((await operator.get(AUDIT)).status).toBe(404);
    expect((await newVisitor(test).get(AUDIT)).status).not.toBe(200);
  });

  it("keeps quiet about a case from which whoever looks is kept away", async () => {
    await sendShortReport(newVisitor(test));
    const operator = newVisitor(test);
    await signInAs(operator);
    const [number = ""] = numbersOn(await operator.get("/staff/cases"));
    await operator.get(`/staff/cases/${number}`);
    expect((await admin.get(AUDIT)).text).toContain(`Case ${number}`);
    await test.database.raw(
      `insert into case_exclusion (id, case_id, person_id, declared_at, declared_by)
       select 'one', id, '${admin.id}', 1, 'x' from case_file`,
    );
    expect((await admin.get(AUDIT)).text).not.toContain("Case ");
    expect((await admin.get(`${AUDIT}?action=case.read`)).text).toContain("Nothing fits.");
  });

  it("names whoever did something also after the account has ended, and nobody who never had one", async () => {
    await admin.post(`/staff/people/${await idOf(COLLEAGUE)}/close`, {});
    expect(rowsOn(await admin.get(`${AUDIT}?action=account.closed`))[0]?.[3]).toBe("Kosta Colleague");
    const by = { kind: "person", id: "nobody" } as const;
    const subject = { kind: "person", id: undefined } as const;
    await test.platform.db.write((tx) => recordAudit(tx, { action: "account.confirmed", by, subject, at: NOON }));
    expect(whatOn(await admin.get(`${AUDIT}?action=account.confirmed`))).toContain(
      "Somebody without an account: Confirmed who it is",
    );
  });

  it.runIf(!isPostgres)("is found along an index that gives the order too, whatever is asked", async () => {
    const none = { action: undefined, actorId: undefined, personId: undefined, from: undefined, until: undefined };
    for (const asked of [{}, { action: "case.read" }, { actorId: "one" }, { personId: "one" }, { from: 1, until: 2 }]) {
      const plan = await test.platform.db.read((reader) => {
        const filter = { ...none, ...asked, hiddenCases: selectExcludedIds(reader, "one") };
        const page = { place: { at: 5, id: "a" }, backwards: false, most: 51 };
        const { sql, params } = selectAudit(reader, filter, page).toSQL();
        const values = params.map((value) => (typeof value === "string" ? `'${value}'` : Number(value)));
        return test.database.raw(`explain query plan ${sql.replace(/\?/g, () => String(values.shift()))}`);
      });
      const steps = plan.map(({ detail }) => String(detail));
      expect(steps.filter((step) => /audit_entry/.test(step))).toEqual([
        expect.stringMatching(/^SEARCH audit_entry USING INDEX audit_\w+ \(/),
      ]);
      expect(steps.filter((step) => /TEMP B-TREE|^SCAN(?! (own|house)$)/.test(step))).toEqual([]);
    }
  });
});
