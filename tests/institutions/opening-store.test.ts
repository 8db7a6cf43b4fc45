import { afterAll, beforeAll, expect, it } from "vitest";
import {
  deleteFutureOpening,
  insertOpening,
  listOpeningsInForce,
  listOpeningsOf,
  pageOfOpenings,
  wasEverLimited,
} from "#institutions/index.ts";
import { openTestDatabase, type TestDatabase } from "../support/database.ts";

const ROWS = [
  { id: "a", territory: "country", stage: 0, from: 10 },
  { id: "b", territory: "country", stage: 2, from: 20 },
  { id: "c", territory: "rs-nis", stage: 3, from: 20 },
  { id: "d", territory: "rs-nis", stage: 1, from: 30 },
];

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
  await database.db.write(async (tx) => {
    for (const row of ROWS) await insertOpening(tx, row);
  });
});
afterAll(() => database.close());

const read: TestDatabase["db"]["read"] = (work) => database.db.read(work);
const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id).join("");

it("gives the latest line of each territory at a moment", async () => {
  const found = await Promise.all(
    [9, 10, 20, 29, 30].map((at) => read((reader) => listOpeningsInForce(reader, at)).then(ids)),
  );
  expect(found).toEqual(["", "a", "bc", "bc", "bd"]);
});

it("knows whether anybody was ever kept from reporting", async () => {
  expect(await read((reader) => wasEverLimited(reader, 9))).toBe(false);
  expect(await read((reader) => wasEverLimited(reader, 10))).toBe(true);
});

it("gives every line of some territories, and pages of all, the latest first", async () => {
  expect(ids(await read((reader) => listOpeningsOf(reader, ["rs-nis", "rs-zemun"])))).toBe("cd");
  const first = await read((reader) => pageOfOpenings(reader, { below: undefined, most: 2 }));
  const second = await read((reader) => pageOfOpenings(reader, { below: first[1], most: 2 }));
  expect([ids(first), ids(second)]).toEqual(["dc", "ba"]);
});

it("removes only what has not begun to hold", async () => {
  const remove = (id: string) => database.db.write((tx) => deleteFutureOpening(tx, id, 20));
  expect(await remove("c")).toBeUndefined();
  expect((await remove("d"))?.territory).toBe("rs-nis");
  expect(ids(await read((reader) => listOpeningsOf(reader, ["rs-nis"])))).toBe("c");
});
