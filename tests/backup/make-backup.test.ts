import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { checkPart, makeBackup, restorePart } from "#backup/index.ts";
import type { Reader } from "#platform/db/database.ts";
import { openTestApp, RECOVERY_KEYS, type TestApp } from "../support/app.ts";
import { newVisitor } from "../support/browser.ts";
import { openTestDatabase } from "../support/database.ts";
import { sendShortReport, unpaced } from "../support/journey.ts";
import { backUpTo, newFolder, orderFor } from "./stores.ts";

let folder: ReturnType<typeof newFolder>;
let file: string;
let source: TestApp;
beforeEach(async () => {
  folder = newFolder();
  file = join(folder.path, "copy.age");
  source = await openTestApp(unpaced());
});
afterEach(async () => {
  await source.close();
  folder.remove();
});

const order = () => ({ file, recipient: RECOVERY_KEYS.recipient, filesFolder: join(folder.path, "files") });

it("a name that is taken is not written over, neither by the contents nor by the other part", async () => {
  for (const taken of [file, `${file}.holders`]) {
    writeFileSync(taken, "older");
    expect(await makeBackup(source.platform, order())).toEqual({ outcome: "taken", file: taken });
    expect(readFileSync(taken, "utf8")).toBe("older");
    expect(readdirSync(folder.path)).toHaveLength(1);
    rmSync(taken);
  }
});

it("nor is one that came while the backup was made", async () => {
  const { db } = source.platform;
  const slow = {
    ...db,
    async snapshot<T>(work: (reader: Reader) => Promise<T>) {
      const result = await db.snapshot(work);
      writeFileSync(file, "another server's");
      return result;
    },
  };
  expect(await makeBackup({ ...source.platform, db: slow }, order())).toEqual({ outcome: "taken", file });
  expect(readFileSync(file, "utf8")).toBe("another server's");
  expect(readdirSync(folder.path)).toHaveLength(1);
});

it("a backup that cannot be written throws, leaves nothing behind and is not recorded", async () => {
  await expect(makeBackup(source.platform, { ...order(), file: join(folder.path, "no", "copy") })).rejects.toThrow();
  const breaking = {
    ...source.platform,
    db: {
      ...source.platform.db,
      snapshot: <T>(work: (reader: Reader) => Promise<T>) =>
        source.platform.db.snapshot((reader) => work(reader).then(() => Promise.reject(new Error("the disk is full")))),
    },
  };
  await expect(makeBackup(breaking, order())).rejects.toThrow("the disk is full");
  expect(readdirSync(folder.path)).toEqual([]);
  expect(await source.database.raw("select id from audit_entry where action = 'backup.made'")).toEqual([]);
});

it("both parts are of one moment, whatever is sent meanwhile", async () => {
  let sending: Promise<unknown>[] = [];
  for (let each = 0; each < 6; each++) sending.push(sendShortReport(newVisitor(source)));
  await backUpTo(file, source);
  await Promise.all(sending);
  sending = [];
  const target = await openTestDatabase();
  const needs = { db: target.db, now: Date.now };
  await restorePart(needs, orderFor(source, file));
  expect(await restorePart(needs, orderFor(source, `${file}.holders`))).toMatchObject({ leftOut: 0 });
  const lonely = await target.raw("select id from compartment where id not in (select compartment_id from holder)");
  expect(lonely).toEqual([]);
  await target.close();
});

it("tables that are longer than a piece come whole and in pieces, also with a key of two columns", async () => {
  const values = Array.from({ length: 450 }, (_, at) => `('place-${at}', 'inst-triage')`).join(", ");
  await source.database.raw(`insert into institution_area (territory, institution_id) values ${values}`);
  const links = Array.from({ length: 450 }, (_, at) => `(${9_000_000_000 + at}, 'entry-${at}', 'h')`).join(", ");
  await source.database.raw(`insert into audit_link (position, entry_id, hash) values ${links}`);
  await backUpTo(file, source);
  const target = await openTestDatabase();
  await restorePart({ db: target.db, now: Date.now }, orderFor(source, file));
  for (const [table, column] of [
    ["institution_area", "territory"],
    ["audit_link", "entry_id"],
  ]) {
    const asked = `select "${column}" as value from "${table}" order by "${column}"`;
    const there = await target.raw(asked);
    expect(there.length).toBeGreaterThanOrEqual(450);
    expect(there).toEqual(await source.database.raw(asked));
  }
  await target.close();
});

it("a file that is only being written is left out, and reading a backup writes nothing", async () => {
  const files = order().filesFolder;
  mkdirSync(files);
  for (const name of ["one", ".two"]) writeFileSync(join(files, name), "x");
  await backUpTo(file, source, files);
  expect(await checkPart(orderFor(source, file))).toMatchObject({ files: 1 });
  expect(await checkPart(orderFor(source, `${file}.holders`))).toMatchObject({ files: 0 });
  expect(existsSync(`${file}.data`)).toBe(false);
});
