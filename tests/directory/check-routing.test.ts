import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Country, loadCountry } from "#country/index.ts";
import { checkRouting, checkRoutingNightly } from "#directory/check-routing.ts";
import { findLatestCheck, listHoles } from "#institutions/check-store.ts";
import { openTestDatabase, type TestDatabase } from "../support/database.ts";
import { fillDirectory } from "../support/fill-directory.ts";
import { manyListed } from "../support/listed.ts";

const country = loadCountry("RS");
const HOUR = 3_600_000;
/** Half past two at night in Serbia. */
const NIGHT = Date.parse("2026-11-23T01:30:00Z");
let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
  await fillDirectory(database.db, manyListed(country), "person");
});
afterAll(() => database.close());
afterEach(async () => {
  await database.raw("delete from routing_hole");
  await database.raw("delete from routing_check");
});

/** Two forms instead of 21, where what is tried is not the point. */
const quick: Country = {
  ...country,
  codeLists: { ...country.codeLists, violence_form: country.codeLists.violence_form.slice(0, 2) },
};
const at = (now: number, land = quick) => ({ db: database.db, country: land, now: () => now });
const latest = () => database.db.read(findLatestCheck);
const checks = async () =>
  (await database.raw("select at from routing_check order by at")).map((row) => Number(row.at));

describe("the check of routing over the whole directory", () => {
  it("finds no hole while everybody has somebody, and each hole once somebody has nobody", async () => {
    await checkRouting(at(NIGHT, country));
    const whole = await latest();
    expect(whole).toMatchObject({ at: NIGHT, unanswered: 0, incomplete: 0 });
    expect(whole?.combinations).toBeGreaterThan(3_000_000);

    const last = "('contact_center', 'ministry', 'ombudsman', 'equality')";
    const gone = `desk_id in (select desk.id from desk join institution on institution.id = desk.institution_id where type in ${last})`;
    await database.raw(`update desk_member set admitted_at = null where ${gone}`);
    await checkRouting(at(NIGHT + 1));
    await database.raw("update desk_member set admitted_at = 1");
    const found = await latest();
    expect(found).toMatchObject({ at: NIGHT + 1, unanswered: 0 });
    expect(found?.incomplete).toBeGreaterThan(0);
    const page = { from: undefined, most: 1000 };
    const holes = await database.db.read((reader) =>
      listHoles(reader, { checkId: found?.id ?? "", list: "missing", type: undefined }, page),
    );
    // Nobody stands in for the contact centre, which is the last one for the ombudsman.
    expect(new Set(holes.map(({ type }) => type))).toEqual(new Set(["contact_center", "ombudsman"]));
    expect(new Set(holes.map(({ territory }) => territory)).size).toBe(169);
  });

  it("proves once for two who ask at once", async () => {
    await Promise.all([checkRouting(at(NIGHT)), checkRouting(at(NIGHT + 5))]);
    expect(await checks()).toEqual([NIGHT]);
  });

  it("keeps the last thirty and forgets what was never finished", async () => {
    const rows = Array.from({ length: 33 }, (_, turn) => `('c${turn}', ${NIGHT - (turn + 1) * HOUR}, 1, 0, 0)`);
    rows.push(`('begun', ${-(NIGHT - 2 * HOUR)}, 1, 0, 0)`, `('going', ${-(NIGHT - 1)}, 1, 0, 0)`);
    await database.raw(
      `insert into routing_check (id, at, combinations, unanswered, incomplete) values ${rows.join()}`,
    );
    await checkRouting(at(NIGHT));
    const kept = await checks();
    expect(kept.filter((each) => each > 0)).toHaveLength(30);
    expect(kept.filter((each) => each < 0)).toEqual([-(NIGHT - 1)]);
    expect(kept.at(-1)).toBe(NIGHT);
  });
});

describe("the nightly check", () => {
  it("runs at night in the country's time, once, and again the night after", async () => {
    await checkRoutingNightly(at(NIGHT - 3 * HOUR));
    await checkRoutingNightly(at(NIGHT + 4 * HOUR));
    expect(await checks()).toEqual([]);
    for (const minutes of [0, 10, 20]) await checkRoutingNightly(at(NIGHT + minutes * 60_000));
    expect(await checks()).toEqual([NIGHT]);
    await checkRoutingNightly(at(NIGHT + 24 * HOUR));
    expect(await checks()).toEqual([NIGHT, NIGHT + 24 * HOUR]);
    // A server that was down all night checks in the morning, once.
    for (const hours of [29, 31, 32]) await checkRoutingNightly(at(NIGHT + (24 + hours) * HOUR));
    expect(await checks()).toEqual([NIGHT, NIGHT + 24 * HOUR, NIGHT + 55 * HOUR]);
  });

  it("keeps one result where two servers check at once", async () => {
    await Promise.all([checkRoutingNightly(at(NIGHT)), checkRoutingNightly(at(NIGHT + 1))]);
    expect(await checks()).toHaveLength(1);
    expect((await checks())[0]).toBeGreaterThan(0);
  });
});
