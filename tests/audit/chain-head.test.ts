import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { chainAudit, forgetHead, headFile, keepHead, readHead, recordAudit, verifyAudit } from "#audit/index.ts";
import { isPostgres } from "#platform/db/columns.ts";
import { openTestDatabase, type TestDatabase } from "../support/database.ts";
import { SECRETS } from "../support/secrets.ts";

let database: TestDatabase;
let folder: string;
let file: string;
beforeEach(async () => {
  database = await openTestDatabase();
  folder = mkdtempSync(join(tmpdir(), "cuvam-te-head-"));
  file = headFile(join(folder, "secrets.json"));
  await recordMany(5);
});
afterEach(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

const needs = () => ({ db: database.db, secrets: SECRETS });
const verified = () => verifyAudit(needs(), readHead(SECRETS, file));

async function recordMany(count: number): Promise<void> {
  await database.db.write(async (tx) => {
    for (let at = 0; at < count; at++)
      await recordAudit(tx, { action: "case.read", by: { kind: "system" }, subject: { kind: "case", id: "c" }, at });
  });
  await chainAudit(needs());
}

/** Cuts off the newest rows with their links, as somebody with the database's password can. */
async function cutFrom(position: number): Promise<void> {
  await dropTriggers();
  await database.raw(
    `delete from audit_entry where id in (select entry_id from audit_link where position >= ${position})`,
  );
  await database.raw(`delete from audit_link where position >= ${position}`);
}

async function dropTriggers(): Promise<void> {
  const tables = ["audit_entry", "audit_link"];
  for (const table of tables)
    for (const name of isPostgres ? ["append_only"] : ["no_update", "no_delete"])
      await database.raw(`drop trigger if exists ${table}_${name}${isPostgres ? ` on ${table}` : ""}`);
}

describe("the end of the record, noted beside the secrets", () => {
  it("is noted once something was recorded, and moves on", async () => {
    expect(await keepHead(needs(), file)).toBe("kept");
    expect(readHead(SECRETS, file)?.position).toBe(5);
    await recordMany(2);
    expect(await keepHead(needs(), file)).toBe("kept");
    expect(readHead(SECRETS, file)?.position).toBe(7);
    expect(await verified()).toEqual([]);
  });

  it("finds that the newest rows were cut off, also after the service went on", async () => {
    await keepHead(needs(), file);
    await cutFrom(4);
    expect(await verified()).toEqual([{ kind: "cut", position: 5 }]);
    await recordMany(4);
    expect(await keepHead(needs(), file)).toBe("cut");
    expect(await verified()).toEqual([{ kind: "cut", position: 5 }]);
  });

  it("finds an older row that was left out when those after it were made to wait again with their marks", async () => {
    await database.db.write((tx) =>
      recordAudit(tx, { action: "case.read", by: { kind: "system" }, subject: { kind: "case", id: "c" }, at: 9 }),
    );
    const [kept] = await database.raw("select entry_id, mark, at from audit_pending join audit_entry on id = entry_id");
    await chainAudit(needs());
    await keepHead(needs(), file);
    await cutFrom(5);
    await database.raw(
      `insert into audit_entry (id, at, actor_kind, action, subject_kind, subject_id, detail)
       values ('${kept?.entry_id}', 9, 'system', 'case.read', 'case', 'c', '{}')`,
    );
    await database.raw(`insert into audit_pending (entry_id, mark) values ('${kept?.entry_id}', '${kept?.mark}')`);
    await chainAudit(needs());
    expect(await database.raw("select position from audit_link")).toHaveLength(5);
    expect(await verified()).toEqual([{ kind: "cut", position: 6 }]);
  });

  it("goes on only over links whose hashes fit: one that somebody put behind them is not noted", async () => {
    await keepHead(needs(), file);
    for (const position of ["6", "9", "9007199254740993"]) {
      await database.raw(`insert into audit_link (position, entry_id, hash) values (${position}, 'x', 'zz')`);
      expect(await keepHead(needs(), file)).toBe("cut");
      expect(readHead(SECRETS, file)?.position).toBe(5);
      await dropTriggers();
      await database.raw(`delete from audit_link where position = ${position}`);
    }
    await cutFrom(4);
    expect(await keepHead(needs(), file)).toBe("cut");
    expect(await verified()).toEqual([{ kind: "cut", position: 5 }]);
  });

  it("is not led on by a hash that is put back for as long as it is looked at", async () => {
    await keepHead(needs(), file);
    const [noted] = await database.raw("select hash from audit_link where position = 5");
    await cutFrom(3);
    await recordMany(4);
    const [other] = await database.raw("select hash from audit_link where position = 5");
    await database.raw(`update audit_link set hash = '${noted?.hash}' where position = 5`);
    expect(await keepHead(needs(), file)).toBe("cut");
    await database.raw(`update audit_link set hash = '${other?.hash}' where position = 5`);
    expect(await keepHead(needs(), file)).toBe("cut");
    expect(await verified()).toEqual([{ kind: "cut", position: 5 }]);
  });

  it("is noted at a longer chain too than one reading brings", async () => {
    await recordMany(1100);
    expect(await keepHead(needs(), file)).toBe("kept");
    expect(readHead(SECRETS, file)?.position).toBe(1105);
  });

  it("counts for nothing where it was written without the pepper, or is no note at all", async () => {
    await keepHead(needs(), file);
    const noted = JSON.parse(readFileSync(file, "utf8"));
    for (const text of [JSON.stringify({ ...noted, position: 4 }), "{", "[]", ""]) {
      writeFileSync(file, text);
      expect(readHead(SECRETS, file)).toBeUndefined();
      // What cannot be read may have been damaged on purpose: nothing is noted over it.
      expect(await keepHead(needs(), file)).toBe("unreadable");
      expect(readFileSync(file, "utf8")).toBe(text);
    }
  });

  it("is nothing before anything was recorded, and is forgotten where a store is restored", async () => {
    const empty = await openTestDatabase();
    const other = join(folder, "other");
    expect(await keepHead({ db: empty.db, secrets: SECRETS }, other)).toBe("kept");
    expect(existsSync(other)).toBe(false);
    await empty.close();
    await keepHead(needs(), file);
    forgetHead(file);
    expect(readHead(SECRETS, file)).toBeUndefined();
  });
});
