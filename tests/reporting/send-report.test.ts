import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "#platform/db/database.ts";
import { StorageError } from "#platform/db/errors.ts";
import { openTestApp, type TestApp } from "../support/app.ts";
import { newVisitor, type Visitor } from "../support/browser.ts";
import { openTestDatabase } from "../support/database.ts";
import { beginComplete, codeIn } from "./journey.ts";

const MINUTE = 60_000;
let test: TestApp;
let visitor: Visitor;

beforeEach(async () => {
  test = await openTestApp();
  visitor = newVisitor(test);
});
afterEach(() => test.close());

const cases = () => test.database.raw("select id from case_file");

describe("exactly one report", () => {
  it("when the answer was lost and it is sent again", async () => {
    const at = await beginComplete(visitor);
    await visitor.post(`${at}/10`, { go: "send" });
    const again = await visitor.send(`${at}/10`, { go: "send" });
    const reloaded = await visitor.get(`${at}/done`);
    expect(codeIn(again)).toMatch(/^\d{16}$/);
    expect(codeIn(reloaded)).toBe(codeIn(again));
    expect(await cases()).toHaveLength(1);
  });

  it("when it is sent five times at once", async () => {
    const at = await beginComplete(visitor);
    const answers = await Promise.all(Array.from({ length: 5 }, () => visitor.post(`${at}/10`, { go: "send" })));
    for (const { status, path } of answers) expect([status, path]).toEqual([303, `${at}/done`]);
    expect(await cases()).toHaveLength(1);
  });

  it("when the report was stored and its draft was not marked", async () => {
    const at = await beginComplete(visitor);
    const first = await visitor.send(`${at}/10`, { go: "send" });
    await test.database.raw("update draft set sent_at = null");
    const again = await visitor.send(`${at}/10`, { go: "send" });
    expect(codeIn(again)).toBe(codeIn(first));
    expect(await cases()).toHaveLength(1);
  });

  it("two drafts are two reports with two codes", async () => {
    const one = await visitor.send(`${await beginComplete(visitor)}/10`, { go: "send" });
    const two = await visitor.send(`${await beginComplete(visitor)}/10`, { go: "send" });
    expect(codeIn(one)).not.toBe(codeIn(two));
    expect(await cases()).toHaveLength(2);
  });
});

describe("the code", () => {
  it("is not shown for a report that was not sent", async () => {
    const at = await beginComplete(visitor);
    const unsent = await visitor.get(`${at}/done`);
    expect(unsent.path).toBe(`${at}/10`);
    expect(codeIn(unsent)).toBeUndefined();
  });

  it("is shown for half an hour, then a neutral page", async () => {
    const at = await beginComplete(visitor);
    await visitor.post(`${at}/10`, { go: "send" });
    test.pass(29 * MINUTE);
    expect(codeIn(await visitor.get(`${at}/done`))).toBeDefined();
    await visitor.post(`${at}/10`, { go: "send" });
    test.pass(2 * MINUTE);
    expect((await visitor.get(`${at}/done`)).path).toBe("/en/page");
  });

  it("opens the report on the tracking page", async () => {
    const at = await beginComplete(visitor);
    const code = codeIn(await visitor.send(`${at}/10`, { go: "send" })) ?? "";
    const elsewhere = newVisitor(test);
    expect((await elsewhere.send("/en/track", { code })).status).toBe(200);
    expect((await elsewhere.get("/en/track")).text).not.toContain('name="code"');
  });

  it("is stored nowhere", async () => {
    const at = await beginComplete(visitor);
    const code = codeIn(await visitor.send(`${at}/10`, { go: "send" })) ?? "none";
    for (const table of ["draft", "case_file", "holder", "entry", "case_event", "audit_event"]) {
      const rows = await test.database.raw(`select * from ${table}`).catch(() => []);
      expect(JSON.stringify(rows)).not.toContain(code);
    }
  });
});

describe("when a report cannot be taken", () => {
  it("for want of a desk, the start offers numbers and nothing begins", async () => {
    const closed = await openTestApp({ withDesk: false });
    const someone = newVisitor(closed);
    const start = await someone.get("/en/report");
    expect(start.text).toContain('href="tel:116111"');
    expect(start.text).not.toContain("<form");
    expect((await someone.post("/en/report", {})).status).toBe(503);
    await closed.close();
  });

  it("for want of a desk at the end, the draft stays and no code is shown", async () => {
    const at = await beginComplete(visitor);
    await test.database.raw("delete from desk_member");
    const refused = await visitor.post(`${at}/6`, { when: "in March", go: "send" });
    expect(refused.status).toBe(503);
    expect(refused.text).toContain("NOT sent");
    expect(codeIn(refused)).toBeUndefined();
    expect((await visitor.get(`${at}/6`)).text).toContain("in March");
    expect(codeIn(await visitor.get(`${at}/done`))).toBeUndefined();
  });

  it("for want of storage, the words come back with a way to try again, and no code is shown", async () => {
    const database = await openTestDatabase();
    let full = false;
    const failing: Database = {
      ...database.db,
      write: (work, options) =>
        full && options?.durable !== false
          ? Promise.reject(new StorageError("full", "SQLITE_FULL"))
          : database.db.write(work, options),
    };
    const failingApp = await openTestApp({ platform: { db: failing } });
    const someone = newVisitor(failingApp);
    const at = await beginComplete(someone);
    full = true;
    const refused = await someone.post(`${at}/6`, { when: "a long time ago in spring", go: "send" });
    expect(refused.status).toBe(503);
    expect(refused.text).toContain("a long time ago in spring");
    expect(codeIn(refused)).toBeUndefined();
    expect(codeIn(await someone.get(`${at}/done`))).toBeUndefined();
    full = false;
    const sent = await someone.send(`${at}/6`, { when: "a long time ago in spring", go: "send" });
    expect(codeIn(sent)).toBeDefined();
    expect(await database.raw("select id from case_file")).toHaveLength(1);
    await failingApp.close();
    await database.close();
  });
});
