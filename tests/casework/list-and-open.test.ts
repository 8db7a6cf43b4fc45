import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LIKELY_SPAM, SHELF_RANK } from "#casework/shelf.ts";
import { isPostgres } from "#platform/db/columns.ts";
import { COLLEAGUE, OPERATOR, openTestApp, PASSWORD, RECOVERY_KEYS, STRANGER, type TestApp } from "../support/app.ts";
import { newVisitor, type Seen, type Visitor } from "../support/browser.ts";
import { dropDatabase, openCopyOf } from "../support/database.ts";
import { fieldsOn } from "../support/fields-on.ts";
import { numbersOn, sendShortReport, signInAs, unpaced } from "../support/journey.ts";
import { newStaff } from "../support/new-staff.ts";
import { addInstitutions, institutionRow } from "../support/people-at-work.ts";

/*
 * What the lists of somebody show is exactly what opens for them, whatever was declared and lifted, whoever came to a
 * desk and left it, and whether or not another desk stands in. Each run begins on a copy of one prepared service.
 */

/** Copying a database takes PostgreSQL longer than everything that is tried on it. */
const RUNS = isPostgres ? 10 : 30;
const TRIAGE_DESK = "/staff/institutions/inst-triage/desks/desk-triage";
const DESKS = ["desk-triage", "desk-other", "desk-third"] as const;
const HOUSES = ["inst-triage", "inst-other", "inst-third", "inst-above"] as const;
const EMAILS = [OPERATOR, COLLEAGUE, "third@triage.test", STRANGER, "fifth@triage.test"] as const;
const ADMIN = "admin@triage.test";
const LISTS = ["", "&status=closed", `&shelf=${LIKELY_SPAM}`];

let base: TestApp;
let numbers: readonly string[];
let ids: readonly string[];
const cookies = new Map<string, Map<string, string>>();

beforeAll(async () => {
  base = await openTestApp({ ...unpaced(), recoveryRecipient: RECOVERY_KEYS.recipient });
  const { raw } = base.database;
  await addInstitutions(base, [institutionRow("inst-above", "ministry")]);
  await addInstitutions(base, [institutionRow("inst-third", "csw", { parentId: "inst-above" })]);
  await raw(
    "insert into desk (id, institution_id, kind, name) select 'desk-third', 'inst-third', 'csw', name from desk where id = 'desk-other'",
  );
  const visitors = new Map<string, Visitor>();
  for (const email of [OPERATOR, COLLEAGUE, STRANGER]) {
    const visitor = newVisitor(base);
    await signInAs(visitor, email);
    visitors.set(email, visitor);
  }
  for (const email of ["third@triage.test", "fifth@triage.test"])
    visitors.set(email, await newStaff(base, "triage", undefined, email));
  const admin = await newStaff(base, "admin", undefined, ADMIN);
  visitors.set(ADMIN, admin);
  ids = await Promise.all(EMAILS.map((email) => idOf(base, email)));
  const world = { test: base, visitors };
  await join(world, { who: 2, desk: 0, by: 0 });
  await join(world, { who: 2, desk: 2, by: 0 });
  await report(3);
  await standIn(world, true);
  await report(2);
  await standIn(world, false);
  numbers = (await raw("select number from case_file order by received_at, number")).map(({ number }) =>
    String(number),
  );
  const [shelved = "", closed = ""] = numbers;
  await raw(`update case_file set shelf = '${LIKELY_SPAM}', rank = ${SHELF_RANK} where number = '${shelved}'`);
  await raw(`update case_file set status = 'closed', open = false where number = '${closed}'`);
  for (const [email, visitor] of visitors) cookies.set(email, visitor.cookies);
  await base.platform.db.close();
}, 60_000);
afterAll(() => dropDatabase(base.database));

interface World {
  readonly test: TestApp;
  readonly visitors: Map<string, Visitor>;
}

async function idOf({ database }: TestApp, email: string): Promise<string> {
  return String((await database.raw(`select id from person where email = '${email}'`))[0]?.id);
}

async function report(times: number): Promise<void> {
  for (let at = 0; at < times; at++) await sendShortReport(newVisitor(base));
}

/** The prepared service once more, as it was, with everybody's browser. */
async function openAgain(): Promise<World> {
  const database = await openCopyOf(base.database);
  const test = await openTestApp({ ...unpaced(), database, recoveryRecipient: RECOVERY_KEYS.recipient });
  const visitors = new Map([...cookies].map(([email, kept]) => [email, newVisitor(test, new Map(kept))]));
  return { test, visitors };
}

/** Somebody's browser; whoever left a desk has no session any more, and signs in once more. */
async function browserOf({ visitors }: World, email: string): Promise<Visitor> {
  const visitor = visitors.get(email);
  if (!visitor) throw new Error(`nobody is called ${email}`);
  if ((await visitor.get("/staff/account")).status !== 200)
    await visitor.post("/staff/session", { email, password: PASSWORD });
  return visitor;
}

interface Step {
  readonly kind: "keep" | "keepHouse" | "lift" | "join" | "leave" | "standIn" | "share";
  readonly at: number;
  readonly who: number;
  readonly by: number;
  readonly desk: number;
}
type Move = Pick<Step, "who" | "by" | "desk">;

async function join(world: World, { who, desk, by }: Move): Promise<Seen | undefined> {
  const { raw } = world.test.database;
  const [deskId, personId] = [DESKS[desk] ?? "", ids[who] ?? ""];
  if (deskId === "") return undefined;
  const [here] = await raw(
    `select 1 as one from desk_member where desk_id = '${deskId}' and person_id = '${personId}'`,
  );
  if (here) return undefined;
  // The third desk has no key, so nobody has to be let in to it.
  const admitted = deskId === "desk-third" ? 1 : "null";
  await raw(
    `insert into desk_member (desk_id, person_id, admitted_at, leads) values ('${deskId}', '${personId}', ${admitted}, false)`,
  );
  if (admitted === 1) return undefined;
  return (await browserOf(world, EMAILS[by] ?? "")).post(`/staff/team/${deskId}/${personId}/admit`, {});
}

async function standIn(world: World, begins: boolean): Promise<Seen> {
  const admin = await browserOf(world, ADMIN);
  const asked = { ...fieldsOn(await admin.get(TRIAGE_DESK)), standIn: begins ? "other" : "" };
  const seen = await admin.post(TRIAGE_DESK, asked);
  if (!begins) return seen;
  const operator = await browserOf(world, OPERATOR);
  return operator.post("/staff/team/desk-triage/fallback", { fallback: "desk-other", decision: "confirm" });
}

async function take(world: World, step: Step): Promise<Seen | undefined> {
  const [deskId, personId] = [DESKS[step.desk] ?? "", ids[step.who] ?? ""];
  if (step.kind === "join") return join(world, step);
  if (step.kind === "standIn") return standIn(world, step.by % 2 === 0);
  if (step.kind === "leave" && deskId === "") return undefined;
  if (step.kind === "leave")
    return (await browserOf(world, ADMIN)).post(`/staff/team/${deskId}/${personId}/remove`, {});
  const by = await browserOf(world, EMAILS[step.by] ?? "");
  const path = `/staff/cases/${numbers[step.at]}/exclusions`;
  if (step.kind === "keep") return by.post(path, { whom: `person:${personId}` });
  if (step.kind === "keepHouse") return by.post(path, { whom: `institution:${HOUSES[step.desk]}` });
  if (step.kind === "share") return by.post(`${path}/share`, { person: personId });
  const lifts = [...(await by.get(path)).text.matchAll(/action="([^"]+\/lift)"/g)].map(([, lift = ""]) => lift);
  const lift = lifts[step.who % Math.max(1, lifts.length)];
  return lift === undefined ? undefined : by.post(lift, {});
}

/** Everything that some lists of somebody show, and whether each says as many as it shows. */
async function listedFor(visitor: Visitor): Promise<ReadonlySet<string>> {
  const shown = new Set<string>();
  for (const desk of DESKS) {
    // Every case lies at the triage desk; at the others a plain list must show nothing.
    for (const list of desk === "desk-triage" ? LISTS : [""]) {
      const seen = await visitor.get(`/staff/cases?desk=${desk}${list}`);
      const found = numbersOn(seen);
      const [, all, shelf] = /All: (\d+)<[\s\S]*?spam[^<]*?(\d+)</i.exec(seen.text) ?? [];
      if (list === "") expect(all ?? "0").toBe(String(found.length));
      if (list.startsWith("&shelf")) expect(shelf ?? "0").toBe(String(found.length));
      for (const number of found) shown.add(number);
    }
  }
  return shown;
}

/** Whom a conflict keeps from which case, told from the rows apart from what the service asks. */
async function keptFrom({ raw }: TestApp["database"]): Promise<(personId: string, number: string) => boolean> {
  const rows = await raw(
    `select f.number, x.person_id, x.institution_id from case_exclusion x
     join case_file f on f.id = x.case_id where x.lifted_at is null`,
  );
  const works = await raw(
    `select m.person_id, d.institution_id from desk_member m join desk d on d.id = m.desk_id
     where m.admitted_at is not null`,
  );
  const housesOf = (personId: string) =>
    works
      .filter((each) => each.person_id === personId)
      .flatMap(({ institution_id: own }) => (own === "inst-third" ? [own, "inst-above"] : [own]));
  return (personId, number) =>
    rows.some(
      (row) => row.number === number && (row.person_id === personId || housesOf(personId).includes(row.institution_id)),
    );
}

/** @returns how many cases each person opened, by number */
async function look(world: World): Promise<Map<string, number>> {
  const kept = await keptFrom(world.test.database);
  const opened = new Map<string, number>();
  for (const [at, email] of EMAILS.entries()) {
    const visitor = await browserOf(world, email);
    const listed = await listedFor(visitor);
    for (const number of numbers) {
      const { status, text, path } = await visitor.get(`/staff/cases/${number}`);
      // Who left the last desk has no account any more, and is shown the way in.
      const closed = status === 303 && path === "/staff" ? 303 : 404;
      expect([email, number, status]).toEqual([email, number, listed.has(number) ? 200 : closed]);
      if (status !== 200) continue;
      expect(text).toContain("they push me in the corridor");
      expect([email, number, kept(ids[at] ?? "", number)]).toEqual([email, number, false]);
      opened.set(number, (opened.get(number) ?? 0) + 1);
    }
  }
  return opened;
}

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom("keep" as const, "keepHouse" as const) },
    { weight: 2, arbitrary: fc.constantFrom("lift" as const, "join" as const) },
    { weight: 1, arbitrary: fc.constantFrom("leave" as const, "standIn" as const, "share" as const) },
  ),
  at: fc.nat(4),
  who: fc.constantFrom(0, 1, 1, 2, 3, 4),
  by: fc.constantFrom(0, 0, 1, 2, 3, 4),
  // As a house the fourth is the body above the third, and as a desk it is none.
  desk: fc.constantFrom(0, 1, 2, 2, 3),
});

const NOBODY = { at: 0, who: 0, by: 0, desk: 0 };
/** What chance meets seldom: who comes to an excluded house later holds the keys, and the where-clause alone keeps it away. */
const EXAMPLES: readonly (readonly Step[])[] = [
  [
    { ...NOBODY, kind: "keepHouse", at: 2, desk: 2 },
    { ...NOBODY, kind: "join", who: 1, desk: 2 },
  ],
  [
    { ...NOBODY, kind: "keepHouse", at: 3, desk: 3 },
    { ...NOBODY, kind: "join", who: 1, desk: 2 },
    { ...NOBODY, kind: "lift", at: 3 },
  ],
  [
    { ...NOBODY, kind: "standIn" },
    { ...NOBODY, kind: "keepHouse", at: 4, desk: 1 },
    { ...NOBODY, kind: "join", who: 2, desk: 1, by: 3 },
  ],
];

describe("what a list shows", () => {
  it("is what opens, for random people, desks, cases and conflicts", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 7 }), async (steps) => {
        const world = await openAgain();
        try {
          for (const each of steps) {
            const seen = await take(world, each);
            expect([each.kind, (seen?.status ?? 200) < 500]).toEqual([each.kind, true]);
          }
          const opened = await look(world);
          // Whatever is declared, somebody still opens each; who leaves, or stands in no more, may have been the last.
          if (steps.some(({ kind }) => kind === "leave" || kind === "standIn")) return;
          expect(numbers.filter((number) => !opened.has(number))).toEqual([]);
        } finally {
          await world.test.close();
        }
      }),
      { numRuns: RUNS, examples: EXAMPLES.map((steps) => [[...steps]]) },
    );
  }, 240_000);

  it("holds every kind of case and of list in the prepared service, so that a run can meet them", async () => {
    const world = await openAgain();
    expect((await look(world)).size).toBe(5);
    const operator = await browserOf(world, OPERATOR);
    const shown = await Promise.all(LISTS.map((list) => operator.get(`/staff/cases?desk=desk-triage${list}`)));
    expect(shown.map((seen) => numbersOn(seen).length)).toEqual([3, 1, 1]);
    expect(await listedFor(await browserOf(world, STRANGER))).toEqual(new Set());
    await standIn(world, true);
    expect((await listedFor(await browserOf(world, STRANGER))).size).toBe(2);
    await world.test.close();
  });
});
