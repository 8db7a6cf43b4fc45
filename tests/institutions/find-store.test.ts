import { afterAll, beforeAll, expect, it } from "vitest";
import { type Behind, insertInstitution, listCovering, listTypesCovering } from "#institutions/index.ts";
import { openTestDatabase, type TestDatabase } from "../support/database.ts";
import { institutionRow } from "../support/people-at-work.ts";

const AREAS = ["rs-nis", "rs-nisavski", "country"];
const AT = 100;

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
  const nis = { territory: "rs-nis" };
  await database.db.write(async (tx) => {
    for (const row of [
      institutionRow("b-csw", "csw", nis),
      institutionRow("a-csw", "csw", nis),
      institutionRow("wide-csw", "csw", { territory: "rs-zemun", covers: ["country", "rs-nisavski"] }),
      institutionRow("police", "police", { territory: "rs-svrljig", covers: ["rs-nis", "rs-nisavski"] }),
      institutionRow("ended", "csw", { ...nis, activeTo: AT }),
      institutionRow("future", "csw", { ...nis, activeFrom: AT + 1 }),
      institutionRow("elsewhere", "csw", { territory: "rs-zemun" }),
      institutionRow("health", "health", nis),
    ])
      await insertInstitution(tx, row);
  });
});
afterAll(() => database.close());

const search = { areas: AREAS, types: ["police", "csw", "ngo"], at: AT };
const pageOf = (most: number, behind?: Behind) =>
  database.db.read((reader) => listCovering(reader, search, { behind, most }));

it("lists who works and answers there, by type, then by the smallest area, then by name, each once", async () => {
  const rows = await pageOf(20);
  expect(rows.map(({ institution }) => institution.id)).toEqual(["police", "a-csw", "b-csw", "wide-csw"]);
  expect(rows.map(({ type, area }) => `${type}${area}`)).toEqual(["00", "10", "10", "11"]);
});

it("goes on behind the last of a page, whatever its size, until everybody was listed once", async () => {
  const whole = (await pageOf(20)).map(({ institution }) => institution.id);
  for (const most of [1, 2, 3]) {
    const found: string[] = [];
    for (let behind: Behind | undefined, turn = 0; turn < 5; turn++) {
      const rows = await pageOf(most, behind);
      found.push(...rows.map(({ institution }) => institution.id));
      const last = rows.at(-1);
      if (!last) break;
      const { searchName, id } = last.institution;
      behind = { type: last.type, area: last.area, searchName, id };
    }
    expect(found).toEqual(whole);
  }
});

it("says of which types somebody is there", async () => {
  const types = await database.db.read((reader) => listTypesCovering(reader, search));
  expect([...types].toSorted()).toEqual(["csw", "police"]);
});

it("finds nothing where nothing is asked for", async () => {
  const nothing = { ...search, types: [] };
  expect(await database.db.read((reader) => listCovering(reader, nothing, { most: 5 }))).toEqual([]);
  expect((await database.db.read((reader) => listTypesCovering(reader, { ...search, areas: [] }))).size).toBe(0);
});
