import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listStaffedDesks } from "#accounts/desk-store.ts";
import { resolveMatter } from "#accounts/index.ts";
import { loadCountry } from "#country/index.ts";
import type { Listed } from "#institutions/directory.ts";
import { loadWholeDirectory } from "#institutions/load-directory.ts";
import { MOST_PASSED, type Placed, type Resolution, resolve } from "#institutions/resolve.ts";
import { absence } from "#institutions/schema.ts";
import type { Reader } from "#platform/db/database.ts";
import { openTestDatabase, type TestDatabase } from "../support/database.ts";
import { fillDirectory } from "../support/fill-directory.ts";
import { listed } from "../support/listed.ts";

const country = loadCountry("RS");
const AT = 10_000;
const codes = (list: keyof typeof country.codeLists) => country.codeLists[list].map(({ code }) => code);
/** Two in one district, one far away. */
const PLACES = ["rs-ada", "rs-senta", "rs-novi-beograd"];
const AREAS = [...PLACES, "rs-severnobanatski", "rs-vojvodina", "country"];
const COUNT = 240;
let database: TestDatabase;

const id = (at: number | undefined) => (at === undefined ? null : `i${at}`);

/** A registry in which everything is tied to anything, always the same. */
function tangle(): readonly Listed[] {
  const tie = fc.option(fc.nat(COUNT - 1), { nil: undefined });
  const one = fc.record({
    type: fc.constantFrom(...codes("institution_type")),
    territory: fc.constantFrom(...PLACES),
    covers: fc.subarray(AREAS, { maxLength: 2 }),
    ended: fc.constantFrom(false, false, false, true),
    staffed: fc.boolean(),
    ties: fc.tuple(tie, tie, tie),
  });
  return fc.sample(one, { numRuns: COUNT, seed: 7 }).map(({ type, territory, covers, ended, staffed, ties }, at) =>
    listed(`i${at}`, type, territory, {
      covers,
      activeTo: ended ? AT : null,
      parentId: id(ties[0]),
      fallbackId: id(ties[1]),
      supervisorId: id(ties[2]),
      ...(staffed ? {} : { desks: [] }),
    }),
  );
}

/** Of every third institution, and of two whole types; some are over and some have not begun. */
function absences(): (typeof absence.$inferInsert)[] {
  const own = Array.from({ length: COUNT / 3 }, (_, at) => ({
    institutionId: `i${at * 3}`,
    fallbackId: at % 2 ? `i${(at * 11) % COUNT}` : null,
    from: at % 5 === 0 ? AT + 1 : 0,
    to: at % 7 === 0 ? AT : AT + 9,
  }));
  const whole = [
    { type: "primary_school", territory: "rs-vojvodina", fallbackId: "i5", from: 0, to: AT + 1 },
    { type: "csw", territory: "country", fallbackId: null, from: 0, to: AT },
    { type: "police", territory: "rs-ada", fallbackId: "i8", from: AT, to: AT + 1 },
  ];
  return [...own, ...whole].map((each, at) => ({ id: `a${at}`, ...each }));
}

beforeAll(async () => {
  database = await openTestDatabase();
  const line = [
    listed("inspection", "edu_inspection", "rs-zemun", { desks: [], fallbackId: "school" }),
    listed("school", "primary_school", "rs-zemun", { fallbackId: "centre" }),
    listed("centre", "csw", "rs-senta"),
  ];
  const chain = Array.from({ length: 10 * MOST_PASSED }, (_, at) =>
    listed(`chain-${at}`, "csw", at === 0 ? "rs-cukarica" : "rs-surcin", {
      ...{ desks: [], fallbackId: `chain-${at + 1}` },
    }),
  );
  await fillDirectory(database.db, [...tangle(), ...line, ...chain], "person");
  await database.db.write((tx) => tx.insert(absence).values(absences()));
});
afterAll(() => database.close());

const told = ({ answering, holes, notFirst }: Resolution) => ({
  answering: answering.map(({ institution, desks, rules, steps }) => [
    institution.id,
    desks,
    rules.length,
    ways(steps),
  ]),
  holes: holes.map(({ type, steps }) => [type, ways(steps)]),
  notFirst: notFirst.map((rule) => rule.id),
});
const ways = (steps: Resolution["holes"][number]["steps"]) =>
  steps.map(({ because, passed, type, until, to }) => [because, passed?.id, type, until, to?.map((each) => each.id)]);

const matter: fc.Arbitrary<Placed> = fc.record({
  forms: fc.subarray(codes("violence_form"), { maxLength: 3 }),
  setting: fc.constantFrom(undefined, ...codes("environment")),
  harmer: fc.constantFrom(undefined, ...codes("perpetrator_type")),
  level: fc.constantFrom(undefined, "l3"),
  age: fc.constantFrom(undefined, "11_13", "15"),
  territory: fc.constantFrom(...PLACES, "unsure"),
  institutionId: fc.option(
    fc.nat(COUNT + 5).map((at) => `i${at}`),
    { nil: undefined },
  ),
});

const places = Object.values(country.competence.placeTypes).flat();

/** Matters in which an employee harms, mostly where the institution is named: there detours are longest. */
const byEmployee: fc.Arbitrary<Placed> = fc.record({
  forms: fc.subarray(codes("violence_form"), { minLength: 1, maxLength: 2 }),
  setting: fc.constantFrom("education", "dormitory", "social_protection"),
  harmer: fc.constantFrom("school_staff", "care_staff", "official", "coach"),
  level: fc.constantFrom(undefined, "l3"),
  territory: fc.constantFrom(...PLACES),
  institutionId: fc.constantFrom(
    undefined,
    ...tangle()
      .filter(({ type }) => places.includes(type))
      .map((each) => each.id),
  ),
});

describe("one matter", () => {
  it.each([
    ["any", matter, 30],
    ["one in which an employee harms", byEmployee, 80],
  ] as const)("resolves from what is loaded for it as from the whole directory: %s", async (_, asked, numRuns) => {
    const { db } = database;
    const whole = await loadWholeDirectory((work) => db.read(work), country, AT, listStaffedDesks);
    let detours = 0;
    await fc.assert(
      fc.asyncProperty(asked, async (placed) => {
        const found = await db.read((reader) => resolveMatter(reader, country, placed, AT));
        expect(JSON.stringify(told(found))).toBe(JSON.stringify(told(resolve(country, whole, placed))));
        detours += found.answering.filter(({ steps }) => steps.some(({ to }) => to)).length;
      }),
      { numRuns, seed: 11 },
    );
    expect(detours).toBeGreaterThan(10);
  });

  it("is led on by a school that must not be first, though somebody is there", async () => {
    const placed = { forms: ["physical"], setting: "education", harmer: "school_staff", territory: "rs-zemun" };
    const { answering } = await database.db.read((reader) => resolveMatter(reader, country, placed, AT));
    expect(answering[0]?.institution.id).toBe("centre");
  });

  const questionsFor = async (placed: Placed) => {
    let asked = 0;
    await database.db.read((reader) => {
      const counting: Reader = {
        ...reader,
        select: ((...columns: Parameters<Reader["select"]>) => {
          asked++;
          return reader.select(...columns);
        }) as Reader["select"],
        selectDistinct: ((...columns: Parameters<Reader["selectDistinct"]>) => {
          asked++;
          return reader.selectDistinct(...columns);
        }) as Reader["selectDistinct"],
      };
      return resolveMatter(counting, country, placed, AT);
    });
    return asked;
  };

  it("asks a handful of questions", async () => {
    const placed = { forms: ["physical"], setting: "education", harmer: "peer", level: "l3", territory: "rs-ada" };
    // Where everything is tied to anything; a real directory has two or three ties in a row.
    expect(await questionsFor(placed)).toBeLessThan(40);
  });

  it("asks for no more of a long chain of fallbacks than is followed", async () => {
    const placed = { forms: ["neglect"], setting: "family", harmer: "other", territory: "rs-cukarica" };
    expect(await questionsFor(placed)).toBeLessThan(4 * MOST_PASSED);
  });

  it("counts a desk only while somebody who was admitted works there and it has a key", async () => {
    const { db } = database;
    const staffed = () => db.read((reader) => listStaffedDesks(reader, undefined));
    const before = (await staffed()).size;
    expect(before).toBeGreaterThan(50);
    const lose = async (statement: string, undo: string) => {
      await database.raw(statement);
      const left = (await staffed()).size;
      await database.raw(undo);
      return left;
    };
    const [first = ""] = (await staffed()).keys();
    const key = `desk_id = '${first}-desk'`;
    expect(
      await lose(
        `update desk_member set admitted_at = null where ${key}`,
        `update desk_member set admitted_at = 1 where ${key}`,
      ),
    ).toBe(before - 1);
    expect(
      await lose(
        `delete from desk_key where ${key}`,
        `insert into desk_key (id, desk_id, generation, recipient, made_at) values ('k', '${first}-desk', 1, 'age1', 1)`,
      ),
    ).toBe(before - 1);
    expect(await lose("update person set removed_at = 1", "update person set removed_at = null")).toBe(0);
    expect((await staffed()).size).toBe(before);
  });
});
