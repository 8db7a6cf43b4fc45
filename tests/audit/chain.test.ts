import { createHash } from "node:crypto";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { chainAudit } from "#audit/chain.ts";
import { recordAudit } from "#audit/index.ts";
import { type AuditFault, verifyAudit } from "#audit/verify-audit.ts";
import { isPostgres } from "#platform/db/columns.ts";
import { openDatabase } from "#platform/db/open.ts";
import { openTestDatabase, type TestDatabase } from "../support/database.ts";
import { SECRETS as secrets } from "../support/secrets.ts";

let database: TestDatabase;
beforeEach(async () => {
  database = await openTestDatabase();
});
afterEach(() => database.close());

const record = (n: number, at = n) =>
  database.db.write((tx) =>
    recordAudit(tx, {
      action: "case.read",
      by: { kind: "person", id: `p${n}` },
      subject: { kind: "case", id: "c1" },
      at,
    }),
  );

async function recordMany(count: number): Promise<void> {
  for (let n = 1; n <= count; n++) await record(n);
}

/** What somebody with the database's password has to do before changing history. */
async function dropTriggers(): Promise<void> {
  const names = isPostgres
    ? ["append_only on audit_entry", "append_only on audit_link"]
    : ["no_update", "no_delete", "no_update", "no_delete"];
  for (const [at, name] of names.entries()) {
    const table = isPostgres ? name.split(" on ")[1] : at < 2 ? "audit_entry" : "audit_link";
    await database.raw(isPostgres ? `drop trigger ${table}_append_only on ${table}` : `drop trigger ${table}_${name}`);
  }
}

const entryAt = (position: number) => `(select entry_id from audit_link where position = ${position})`;
const kinds = (faults: readonly AuditFault[]) => faults.map(({ kind, position }) => `${kind} ${position}`);

describe("the chain", () => {
  it("holds when nothing was recorded yet, and when entries still wait", async () => {
    expect(await verifyAudit({ db: database.db, secrets })).toEqual([]);
    await record(1);
    expect(await verifyAudit({ db: database.db, secrets })).toEqual([]);
  });

  it("holds after entries were chained, in one go or in many", async () => {
    const batches = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(batches, async (sizes) => {
        for (const size of sizes) {
          await recordMany(size);
          await chainAudit({ db: database.db, secrets });
        }
        expect(await verifyAudit({ db: database.db, secrets })).toEqual([]);
        const waiting = await database.raw("select entry_id from audit_pending");
        expect(waiting).toEqual([]);
      }),
      { numRuns: 6 },
    );
  });

  it("numbers its links without a gap and holds each entry once", async () => {
    await recordMany(7);
    await chainAudit({ db: database.db, secrets });
    const links = await database.raw("select position, entry_id from audit_link order by position");
    expect(links.map(({ position }) => Number(position))).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(new Set(links.map(({ entry_id }) => entry_id)).size).toBe(7);
  });

  it("is one chain when two servers chain at once, however often", async () => {
    const other = openDatabase(database.place);
    for (let round = 0; round < 5; round++) {
      await Promise.all([1, 2, 3, 4].map((n) => record(round * 10 + n)));
      await Promise.all([
        chainAudit({ db: database.db, secrets }),
        chainAudit({ db: other, secrets }),
        record(round * 10 + 9),
        chainAudit({ db: other, secrets }),
      ]);
    }
    await chainAudit({ db: database.db, secrets });
    await other.close();
    const links = await database.raw("select position from audit_link order by position");
    expect(links.map(({ position }) => Number(position))).toEqual(Array.from({ length: 25 }, (_, n) => n + 1));
    expect(await verifyAudit({ db: database.db, secrets })).toEqual([]);
  });

  it("is longer than one batch without a fault", async () => {
    await database.db.write(async (tx) => {
      for (let n = 0; n < 1200; n++) {
        await recordAudit(tx, {
          action: "case.read",
          by: { kind: "system" },
          subject: { kind: "case", id: "c" },
          at: n,
        });
      }
    });
    await chainAudit({ db: database.db, secrets });
    expect(await database.raw("select position from audit_link where position = 1200")).toHaveLength(1);
    expect(await verifyAudit({ db: database.db, secrets })).toEqual([]);
  });
});

describe("history that was tampered with shows", () => {
  beforeEach(async () => {
    await recordMany(5);
    await chainAudit({ db: database.db, secrets });
    await dropTriggers();
  });

  it.each([
    ["at", "at + 1"],
    ["actor_kind", "'system'"],
    ["actor_id", "'somebody else'"],
    ["actor_id", "null"],
    ["action", "'account.signedIn'"],
    ["subject_kind", "'desk'"],
    ["subject_id", "'another case'"],
    ["detail", `'{"x":1}'`],
  ])("when the column %s of an entry became %s", async (column, value) => {
    await database.raw(`update audit_entry set ${column} = ${value} where id = ${entryAt(3)}`);
    expect(kinds(await verifyAudit({ db: database.db, secrets }))).toEqual(["changed 3"]);
  });

  it("when the last entry was changed", async () => {
    await database.raw(`update audit_entry set subject_id = 'x' where id = ${entryAt(5)}`);
    expect(kinds(await verifyAudit({ db: database.db, secrets }))).toEqual(["changed 5"]);
  });

  it("when an entry was removed", async () => {
    await database.raw(`delete from audit_entry where id = ${entryAt(2)}`);
    expect(kinds(await verifyAudit({ db: database.db, secrets }))).toEqual(["removed 2"]);
  });

  it("when an entry was removed together with its link", async () => {
    await database.raw(`delete from audit_entry where id = ${entryAt(2)}`);
    await database.raw("delete from audit_link where position = 2");
    expect(kinds(await verifyAudit({ db: database.db, secrets }))).toEqual(["gap 2", "changed 3"]);
  });

  it("when an entry and its link were removed and the rest moved up", async () => {
    await database.raw(`delete from audit_entry where id = ${entryAt(2)}`);
    await database.raw("delete from audit_link where position = 2");
    for (const position of [3, 4, 5]) {
      await database.raw(`update audit_link set position = ${position - 1} where position = ${position}`);
    }
    expect(kinds(await verifyAudit({ db: database.db, secrets }))).toEqual(["changed 2"]);
  });

  it("when an entry was inserted by hand", async () => {
    await database.raw(
      "insert into audit_entry (id, at, actor_kind, action, subject_kind, detail) values ('x', 3, 'system', 'case.read', 'case', '{}')",
    );
    expect(kinds(await verifyAudit({ db: database.db, secrets }))).toEqual(["inserted 0"]);
  });

  it("when an entry was inserted by hand with a link of its own", async () => {
    await database.raw(
      "insert into audit_entry (id, at, actor_kind, action, subject_kind, detail) values ('x', 3, 'system', 'case.read', 'case', '{}')",
    );
    await database.raw("insert into audit_link (position, entry_id, hash) values (6, 'x', 'made up')");
    expect(kinds(await verifyAudit({ db: database.db, secrets }))).toEqual(["changed 6"]);
  });

  it("when two entries changed places", async () => {
    await database.raw(`update audit_link set entry_id = 'aside' where position = 2`);
    const [third] = await database.raw("select entry_id from audit_link where position = 3");
    const second = "(select id from audit_entry where id not in (select entry_id from audit_link))";
    await database.raw(`update audit_link set entry_id = ${second} where position = 3`);
    await database.raw(`update audit_link set entry_id = '${third?.entry_id}' where position = 2`);
    expect(kinds(await verifyAudit({ db: database.db, secrets }))).toEqual(["changed 2", "changed 3"]);
  });

  it("when the end of the chain was cut off but its entries left", async () => {
    await database.raw("delete from audit_link where position = 5");
    expect(kinds(await verifyAudit({ db: database.db, secrets }))).toEqual(["inserted 0"]);
  });

  it("when a row was changed and every later hash was made again without the key", async () => {
    await database.raw(`update audit_entry set actor_id = 'nobody' where id = ${entryAt(3)}`);
    const rows = await database.raw(
      "select position, id, at, actor_kind, actor_id, action, subject_kind, subject_id, detail from audit_entry join audit_link on entry_id = id order by position",
    );
    for (const start of ["", createHash("sha256").update("cuvam-te audit chain").digest("hex")]) {
      let hash = start;
      for (const { position, at, ...row } of rows) {
        const columns = [
          row.id,
          Number(at),
          row.actor_kind,
          row.actor_id,
          row.action,
          row.subject_kind,
          row.subject_id,
        ];
        hash = createHash("sha256")
          .update(JSON.stringify([hash, ...columns, row.detail]))
          .digest("hex");
        await database.raw(`update audit_link set hash = '${hash}' where position = ${position}`);
      }
      const found = await verifyAudit({ db: database.db, secrets });
      expect(kinds(found)).toEqual(["changed 1", "changed 2", "changed 3", "changed 4", "changed 5"]);
    }
  });

  const insertEntry = (id: string, at: number) =>
    database.raw(
      `insert into audit_entry (id, at, actor_kind, action, subject_kind, detail) values ('${id}', ${at}, 'system', 'case.read', 'case', '{}')`,
    );

  it.each(["", "0".repeat(64)])(
    "and what was put in with its pending row, marked %j, never enters the chain",
    async (mark) => {
      await insertEntry("x", 0);
      await database.raw(`insert into audit_pending (entry_id, mark) values ('x', '${mark}')`);
      await record(6);
      expect(kinds(await verifyAudit({ db: database.db, secrets }))).toEqual(["inserted 0"]);
      await chainAudit({ db: database.db, secrets });
      expect(await database.raw("select position from audit_link where entry_id = 'x'")).toEqual([]);
      expect(await database.raw("select position from audit_link")).toHaveLength(6);
      expect(kinds(await verifyAudit({ db: database.db, secrets }))).toEqual(["inserted 0"]);
    },
  );

  it("and a waiting entry that was changed, or put in with the mark of another", async () => {
    await record(6);
    const [waiting] = await database.raw("select entry_id, mark from audit_pending");
    await insertEntry("x", 7);
    await database.raw(`insert into audit_pending (entry_id, mark) values ('x', '${waiting?.mark}')`);
    await chainAudit({ db: database.db, secrets });
    expect(await database.raw("select position from audit_link where entry_id = 'x'")).toEqual([]);
    await record(8);
    await database.raw("update audit_entry set at = at + 1 where id = (select entry_id from audit_pending)");
    await chainAudit({ db: database.db, secrets });
    expect(await database.raw("select position from audit_link")).toHaveLength(6);
  });

  it("and one that somebody makes wait once more, with its own mark, holds nothing up", async () => {
    await record(6);
    const [own] = await database.raw("select entry_id, mark from audit_pending");
    await chainAudit({ db: database.db, secrets });
    await database.raw(`insert into audit_pending (entry_id, mark) values ('${own?.entry_id}', '${own?.mark}')`);
    await record(7);
    await chainAudit({ db: database.db, secrets });
    expect(await database.raw("select position from audit_link")).toHaveLength(7);
    expect(await verifyAudit({ db: database.db, secrets })).toEqual([]);
  });

  it.each([0, -1, -7])("and an entry with a link at position %i", async (position) => {
    await insertEntry("x", 9);
    await database.raw(`insert into audit_link (position, entry_id, hash) values (${position}, 'x', 'y')`);
    expect(kinds(await verifyAudit({ db: database.db, secrets }))).toContain(`changed ${position}`);
  });

  it("and one that was taken away while it waited", async () => {
    await record(6);
    await database.raw("delete from audit_entry where id = (select entry_id from audit_pending)");
    expect(kinds(await verifyAudit({ db: database.db, secrets }))).toEqual(["removed 0"]);
  });

  it("and as many as were put in", async () => {
    for (const id of ["x", "y", "z"]) await insertEntry(id, 9);
    expect(kinds(await verifyAudit({ db: database.db, secrets }))).toEqual(["inserted 0", "inserted 0", "inserted 0"]);
  });

  it("and one whose id is empty, while it waits and when nobody can take it from there", async () => {
    await insertEntry("", 9);
    await database.raw("insert into audit_pending (entry_id, mark) values ('', '')");
    expect(kinds(await verifyAudit({ db: database.db, secrets }))).toEqual(["inserted 0"]);
  });
});

describe("a record that stands still shows", () => {
  const swallow = (what: "insert" | "delete", table: string) =>
    database.raw(
      isPostgres
        ? `create rule swallowed as on ${what} to ${table} do instead nothing`
        : `create trigger swallowed before ${what} on ${table} begin select raise(ignore); end`,
    );

  it.each([["insert", "audit_link"] as const, ["delete", "audit_pending"] as const])(
    "where each %s of %s is swallowed: chaining fails, and what waits is found after a minute",
    async (what, table) => {
      await recordMany(3);
      await swallow(what, table);
      await expect(chainAudit({ db: database.db, secrets })).rejects.toThrow("the record's chain takes no rows");
      expect(await verifyAudit({ db: database.db, secrets }, undefined, 60_001)).toEqual([]);
      expect(kinds(await verifyAudit({ db: database.db, secrets }, undefined, 60_002))).toEqual(["waiting 0"]);
    },
  );
});
