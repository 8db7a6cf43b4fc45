import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { deskMember } from "#accounts/schema.ts";
import { listSilentDesks } from "#casework/silent-desks.ts";
import { selectUnanswered, selectUnread } from "#casework/silent-store.ts";
import { selectAbsencesAt } from "#institutions/routing-store.ts";
import { isPostgres } from "#platform/db/columns.ts";
import { NOON, OPERATOR, openTestApp, PASSWORD, type TestApp } from "../support/app.ts";
import { newVisitor, type Seen, type Visitor } from "../support/browser.ts";
import { fieldsOn } from "../support/fields-on.ts";
import { fillDirectory, insertBarePerson } from "../support/fill-directory.ts";
import { sendShortReport, signInAs, unpaced } from "../support/journey.ts";
import { listed } from "../support/listed.ts";
import { newStaff } from "../support/new-staff.ts";
import { addInstitutions, addPerson, institutionRow, signInNew } from "../support/people-at-work.ts";
import { forgetBareCases, insertBareCases, numberAt } from "./rows.ts";

const DAY = 86_400_000;
let test: TestApp;
let triage: Visitor;
let admin: Visitor;
let supervisor: Visitor;

beforeAll(async () => {
  test = await openTestApp(unpaced());
  const below = { supervisorId: "above" };
  const { db } = test.platform;
  const all = [
    listed("above", "school_admin", "rs-ada"),
    listed("beside", "csw", "rs-senta"),
    ...["one", "two", "awake", "empty"].map((id) => listed(id, "csw", "rs-ada", below)),
  ];
  await fillDirectory(db, all, "person");
  await test.database.raw(
    "delete from desk_member where desk_id in ('one-desk', 'two-desk', 'awake-desk', 'empty-desk')",
  );
  await db.write(async (tx) => {
    for (const [id, at] of [
      ["never", null],
      ["late", NOON - 3 * DAY],
      ["now", NOON - 3 * DAY + 1],
    ] as const)
      await insertBarePerson(tx, id, at);
    const works = { admittedAt: 1 };
    await tx.insert(deskMember).values([
      { deskId: "one-desk", personId: "never", ...works },
      { deskId: "two-desk", personId: "late", ...works },
      { deskId: "awake-desk", personId: "late", ...works },
      { deskId: "awake-desk", personId: "now", ...works },
      // Somebody who is not admitted yet reads nothing.
      { deskId: "two-desk", personId: "now", admittedAt: null },
    ]);
  });
  supervisor = await newStaff(test, "supervisor", "above-desk");
  admin = await newStaff(test, "admin");
  triage = newVisitor(test);
  await signInAs(triage);
});
afterAll(() => test.close());
beforeEach(async () => {
  await test.database.raw("delete from case_exclusion");
  await forgetBareCases(test.platform.db);
});

const waiting = (deskId: string, turn: number, more: object = {}) => {
  return { number: numberAt(turn), receivedAt: NOON - turn * DAY, deskId, status: "received", ...more };
};
const rowsOn = ({ text }: Pick<Seen, "text">) =>
  [...text.matchAll(/<tr><td[\s\S]*?<\/tr>/g)].map(([row]) =>
    [...row.matchAll(/<td[^>]*>([\s\S]*?)<\/td>/g)].map(([, cell = ""]) => cell.replace(/<[^>]+>/g, "")),
  );
const idOf = async (email: string): Promise<string> =>
  String((await test.database.raw(`select id from person where email = '${email}'`))[0]?.id);
const silent = async (visitor: Visitor) => rowsOn(await visitor.get("/staff/desks"));

describe("silent desks", () => {
  it("are those where work waits and nobody has signed in for three days, whoever waits longest first", async () => {
    await insertBareCases(test.platform.db, [
      waiting("one-desk", 4),
      waiting("one-desk", 5),
      waiting("two-desk", 9),
      waiting("awake-desk", 8),
      waiting("empty-desk", 2),
      waiting("beside-desk", 7),
      waiting("beside-desk", 30, { status: "closed" }),
    ]);
    expect(await silent(triage)).toEqual([
      ["two", "two", "1", "9 days", "Thursday 19 November"],
      ["beside", "beside", "1", "7 days", "never"],
      ["one", "one", "2", "5 days", "never"],
      ["empty", "empty", "1", "2 days", "nobody works here"],
    ]);
    expect(await silent(admin)).toEqual(await silent(triage));
  });

  it("of other institutions are not there for who supervises some", async () => {
    await insertBareCases(test.platform.db, [waiting("one-desk", 4), waiting("beside-desk", 7)]);
    const seen = await supervisor.get("/staff/desks");
    expect(rowsOn(seen).map(([name]) => name)).toEqual(["one"]);
    expect(seen.text).not.toContain("beside");
    expect(seen.text).toContain("You see the desks of the institutions that yours supervises.");
    expect((await triage.get("/staff/desks")).text).not.toContain("that yours supervises");
  });

  it("wait for unread words too, and not for what was read", async () => {
    const cases = [waiting("one-desk", 4, { status: "triage" }), waiting("two-desk", 9, { status: "triage" })];
    await insertBareCases(test.platform.db, cases);
    await test.database.raw(`update case_file set first_read_at = ${NOON - DAY}`);
    expect(await silent(triage)).toEqual([]);
    expect((await triage.get("/staff/desks")).text).toContain("No desk is silent.");
    await test.database.raw(`update case_file set unread_since = ${NOON - 5 * 3_600_000} where desk_id = 'one-desk'`);
    expect(await silent(triage)).toEqual([["one", "one", "1", "5 hours", "never"]]);
  });

  it.each([
    ["a person", "person_id", "triage", (): Promise<string> => idOf(OPERATOR)],
    ["an institution", "institution_id", "triage", async (): Promise<string> => "inst-triage"],
    ["a person", "person_id", "supervisor", (): Promise<string> => idOf("supervisor-above-desk@staff.test")],
    ["an institution", "institution_id", "supervisor", async (): Promise<string> => "above"],
  ] as const)("count nothing that a conflict of %s (%s) keeps from who looks (%s)", async (_, column, role, named) => {
    const visitor = role === "triage" ? triage : supervisor;
    await insertBareCases(test.platform.db, [
      waiting("one-desk", 4),
      waiting("one-desk", 5),
      waiting("one-desk", 6, { status: "triage" }),
      waiting("one-desk", 7, { status: "triage" }),
      waiting("two-desk", 9),
      waiting("two-desk", 10, { status: "triage" }),
    ]);
    const wrote = NOON - 20 * DAY;
    await test.database.raw(
      `update case_file set first_read_at = 1, unread_since = ${wrote} where number in ('${numberAt(6)}', '${numberAt(7)}', '${numberAt(10)}')`,
    );
    const seen = async () => (await silent(visitor)).map(([name, , count, since]) => [name, count, since]);
    expect(await seen()).toEqual([
      ["one", "4", "20 days"],
      ["two", "2", "20 days"],
    ]);
    const whom = await named();
    const keepAway = (...turns: number[]) =>
      test.database.raw(
        `insert into case_exclusion (id, case_id, ${column}, declared_at, declared_by)
         select 'kept-' || number, id, '${whom}', 1, 'x' from case_file
         where number in (${turns.map((turn) => `'${numberAt(turn)}'`).join(", ")})`,
      );
    // One that nobody has read and one with unread words of each desk: what is counted twice is kept away twice.
    await keepAway(5, 7, 9, 10);
    expect(await seen()).toEqual([["one", "2", "20 days"]]);
    await keepAway(6);
    expect(await seen()).toEqual([["one", "1", "4 days"]]);
    await test.database.raw("update case_exclusion set lifted_at = 2, lifted_by = 'x'");
    expect((await seen()).map(([, count]) => count)).toEqual(["4", "2"]);
  });

  it("end when somebody signs in there, and say whose rule it is", async () => {
    await insertBareCases(test.platform.db, [waiting("above-desk", 6)]);
    expect(await silent(triage)).toEqual([]);
    const later = (ms: number) =>
      test.platform.db.read((reader) =>
        listSilentDesks(reader, test.country, NOON + ms, { viewerId: "one", below: false }),
      );
    expect((await later(3 * DAY - 1)).map(({ deskId }) => deskId)).toEqual([]);
    expect((await later(3 * DAY + 60_000)).map(({ deskId }) => deskId)).toContain("above-desk");
    const { text } = await triage.get("/staff/desks");
    expect(text).toContain("A rule of this service: a desk where reports wait");
    expect(text).toContain("not verified by a lawyer");
  });

  it("are leafed through there and back", async () => {
    const many = Array.from({ length: 120 }, (_, at) => listed(`m${String(at).padStart(3, "0")}`, "csw", "rs-ada"));
    await fillDirectory(test.platform.db, many, "another");
    await insertBareCases(
      test.platform.db,
      many.map(({ id }, at) => waiting(`${id}-desk`, 10 + (at % 3), { number: numberAt(at) })),
    );
    const linkOn = ({ text }: Seen, label: string) => new RegExp(`<a href="([^"]+)"[^>]*>${label}</a>`).exec(text)?.[1];
    const there = [await triage.get("/staff/desks")];
    for (let next = linkOn(there[0]!, "Next 50"); next; next = linkOn(there.at(-1)!, "Next 50"))
      there.push(await triage.get(next));
    expect(there.map((seen) => rowsOn(seen).length)).toEqual([50, 50, 20]);
    expect(new Set(there.flatMap(rowsOn).map(([name]) => name)).size).toBe(120);
    const back = await triage.get(linkOn(there[2]!, "Previous 50") ?? "");
    expect(rowsOn(back)).toEqual(rowsOn(there[1]!));
    expect(linkOn(back, "Previous 50")).toBe("/staff/desks");
  });

  it.runIf(!isPostgres)("are found by what waits, not among all that was ever answered", async () => {
    const stepsOf = ({ sql }: { readonly sql: string }) =>
      test.database
        .raw(`explain query plan ${sql.replaceAll("?", "1")}`)
        .then((plan) =>
          plan
            .map(({ detail }) => String(detail))
            .filter((each) => /case_file|^SCAN(?! (own|house)$)|absence/.test(each)),
        );
    const { read } = test.platform.db;
    expect(await read((reader) => stepsOf(selectUnread(reader, "one").toSQL()))).toEqual([
      "SCAN case_file USING INDEX case_unread",
    ]);
    expect(await read((reader) => stepsOf(selectUnanswered(reader, "one").toSQL()))).toEqual([
      "SCAN case_file USING INDEX case_waiting",
    ]);
    for (const only of [undefined, "types"] as const) {
      const steps = await read((reader) => stepsOf(selectAbsencesAt(reader, NOON, only).toSQL()));
      expect(steps).toEqual(["SEARCH absence USING INDEX absence_to (to_at>?)"]);
    }
  });

  it("are no page for a member, nor for who has not signed in", async () => {
    const member = await newStaff(test, "member", "one-desk");
    expect((await member.get("/staff/desks")).status).toBe(404);
    expect((await newVisitor(test).get("/staff/desks")).path).toBe("/staff");
  });
});

describe("the triage desk, where every report lies", () => {
  it("is listed to the body that an administrator puts above it, once the days have passed and until somebody comes", async () => {
    const own = await openTestApp(unpaced());
    await addInstitutions(own, [institutionRow("ministry", "ministry"), institutionRow("another", "ministry")]);
    const [above, beside] = [
      await addPerson(own, "supervisor", ["ministry"]),
      await addPerson(own, "supervisor", ["another"]),
    ];
    const registrar = await signInNew(own, "admin");
    const form = "/staff/institutions/inst-triage/edit";
    const chosen = { ...fieldsOn(await registrar.get(form)), supervisor: "ministry" };
    expect((await registrar.post(form, chosen)).status).toBe(303);

    const signIn = (email: string) => newVisitor(own).post("/staff/session", { email, password: PASSWORD });
    await signIn(OPERATOR);
    await sendShortReport(newVisitor(own));
    const seenBy = async (email: string) => {
      const visitor = newVisitor(own);
      await visitor.post("/staff/session", { email, password: PASSWORD });
      return rowsOn(await visitor.get("/staff/desks"));
    };
    own.pass(3 * DAY - 60_000);
    expect(await seenBy(above)).toEqual([]);
    own.pass(60_000);
    const row = ["Triage team", "Triage team", "1", "3 days", "Sunday 22 November"];
    expect(await seenBy(above)).toEqual([row]);
    expect(await seenBy(beside)).toEqual([]);
    await signIn(OPERATOR);
    expect(await seenBy(above)).toEqual([]);
    await own.close();
  });
});
