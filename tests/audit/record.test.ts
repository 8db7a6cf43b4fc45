import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { chainAudit, listAuditOf, recordAudit } from "#audit/index.ts";
import { isPostgres } from "#platform/db/columns.ts";
import type { Writer } from "#platform/db/database.ts";
import { openTestDatabase, type TestDatabase } from "../support/database.ts";
import { SECRETS } from "../support/secrets.ts";

let database: TestDatabase;
beforeEach(async () => {
  database = await openTestDatabase();
});
afterEach(() => database.close());

const tracked = (tx: Writer, at = 5) =>
  recordAudit(tx, { action: "report.tracked", by: { kind: "reporter" }, subject: { kind: "case", id: "c1" }, at });

describe("a recorded fact", () => {
  it("is kept with who, what, on what and when, and waits for its place in the chain", async () => {
    await database.db.write((tx) =>
      recordAudit(tx, {
        action: "case.urgencyChanged",
        by: { kind: "person", id: "p1" },
        subject: { kind: "case", id: "c1" },
        at: 1_790_000_000_000,
        detail: { to: "p1" },
      }),
    );
    const [row] = await database.db.read((reader) => listAuditOf(reader, "case", "c1", 10));
    expect(row).toMatchObject({
      at: 1_790_000_000_000,
      actorKind: "person",
      actorId: "p1",
      action: "case.urgencyChanged",
      subjectKind: "case",
      subjectId: "c1",
      detail: '{"to":"p1"}',
    });
    expect(await database.raw("select entry_id from audit_pending")).toEqual([{ entry_id: row?.id }]);
  });

  it("names a reporter by nothing", async () => {
    await database.db.write((tx) => tracked(tx));
    const [row] = await database.raw("select * from audit_entry");
    expect(row?.actor_kind).toBe("reporter");
    expect(row?.actor_id).toBeNull();
  });

  it("vanishes with the transaction it stands in", async () => {
    const failing = database.db.write(async (tx) => {
      await tracked(tx);
      throw new Error("what it records did not happen");
    });
    await expect(failing).rejects.toThrow();
    expect(await database.raw("select id from audit_entry")).toEqual([]);
    expect(await database.raw("select entry_id from audit_pending")).toEqual([]);
  });

  it("is listed newest first, for its subject alone", async () => {
    for (const at of [1, 3, 2]) await database.db.write((tx) => tracked(tx, at));
    await database.db.write((tx) =>
      recordAudit(tx, { action: "case.read", by: { kind: "system" }, subject: { kind: "case", id: "c2" }, at: 9 }),
    );
    const rows = await database.db.read((reader) => listAuditOf(reader, "case", "c1", 2));
    expect(rows.map(({ at }) => at)).toEqual([3, 2]);
  });
});

describe("what was recorded", () => {
  const refused = isPostgres
    ? ["truncate audit_entry", "truncate audit_link", "truncate audit_entry, audit_link, audit_pending"]
    : [];

  it.each([
    "update audit_entry set action = 'x'",
    "update audit_entry set detail = detail",
    "delete from audit_entry",
    "update audit_link set hash = 'x'",
    "delete from audit_link",
    "insert into audit_link select position, entry_id, 'x' from audit_link",
    ...refused,
  ])("cannot be altered by: %s", async (statement) => {
    await database.db.write((tx) => tracked(tx));
    await chainAudit({ db: database.db, secrets: SECRETS });
    const before = await database.raw("select * from audit_entry join audit_link on entry_id = id");
    expect(before).toHaveLength(1);
    await expect(database.raw(statement)).rejects.toThrow();
    expect(await database.raw("select * from audit_entry join audit_link on entry_id = id")).toEqual(before);
  });

  it.runIf(!isPostgres)("cannot be replaced by inserting it again", async () => {
    await database.db.write((tx) => tracked(tx));
    await chainAudit({ db: database.db, secrets: SECRETS });
    const replace =
      "replace into audit_entry (id, at, actor_kind, action, subject_kind, detail) select id, 0, 'system', 'x', 'case', '{}' from audit_entry";
    await expect(database.raw(replace)).rejects.toThrow();
    expect(await database.raw("select at from audit_entry")).toEqual([{ at: 5 }]);
  });
});
