import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addPerson, listStaffedDesks } from "#accounts/index.ts";
import { insertDesk, insertInstitution } from "#institutions/index.ts";
import { NOON, openTestApp, RECOVERY_KEYS, type TestApp } from "../support/app.ts";
import { newVisitor } from "../support/browser.ts";

let test: TestApp;
beforeAll(async () => {
  test = await openTestApp();
  const name = { sr: "Школа", en: "School" };
  await test.platform.db.write(async (tx) => {
    for (const id of ["one", "bare"]) {
      const row = { id, identifier: id, type: "primary_school", name, territory: "rs-ada" };
      await insertInstitution(tx, { ...row, activeFrom: NOON, activeTo: null });
    }
    await insertDesk(tx, { id: "desk-one", institutionId: "one", kind: "primary_school", name, fallbackId: null });
  });
});
afterAll(() => test.close());

const add = (role: "admin" | "member", email: string, identifier?: string, platform = test.platform) =>
  addPerson(
    { ...platform, recoveryRecipient: RECOVERY_KEYS.recipient },
    { role, email, name: "Ana Admin", language: "en" },
    identifier,
  );

describe("adding a person by command", () => {
  it("makes an account that signs in with the password that was made", async () => {
    const added = await add("admin", "ada@admin.test");
    const visitor = newVisitor(test);
    const password = added.ok ? added.password : "";
    const seen = await visitor.post("/staff/session", { email: "ada@admin.test", password });
    expect([seen.status, seen.path]).toEqual([303, "/staff/institutions"]);
    expect((await visitor.get("/staff/institutions/new")).status).toBe(200);
  });

  it("gives a desk its first member and its key, and no second: that is for a colleague", async () => {
    const staffed = () => test.platform.db.read((reader) => listStaffedDesks(reader, ["one"]));
    expect((await staffed()).size).toBe(0);
    expect((await add("member", "mia@school.test", "one")).ok).toBe(true);
    expect([...(await staffed()).keys()]).toEqual(["one"]);
    const holders = await test.database.raw(
      "select holder from desk_key_holder h join desk_key k on k.id = h.desk_key_id where desk_id = 'desk-one'",
    );
    expect(holders.map(({ holder }) => holder)).toContain("recovery");
    expect(await add("member", "max@school.test", "one")).toEqual({ ok: false, because: "deskTaken" });
    await test.database.raw(`update person set removed_at = ${NOON} where email = 'mia@school.test'`);
    expect((await staffed()).size).toBe(0);
    expect(await add("member", "max@school.test", "one")).toEqual({ ok: false, because: "deskTaken" });
  });

  it("refuses what is taken or not there, and makes nothing", async () => {
    const people = () => test.database.raw("select id from person");
    const before = await people();
    expect(await add("admin", " ADA@admin.test ")).toEqual({ ok: false, because: "emailTaken" });
    expect(await add("member", "x@school.test", "nowhere")).toEqual({ ok: false, because: "noInstitution" });
    expect(await add("member", "x@school.test", "bare")).toEqual({ ok: false, because: "noDesk" });
    expect(await people()).toEqual(before);
  });

  it("waits for the triage desk: the first account of all would shut its set-up link", async () => {
    const empty = await openTestApp({ withDesk: false });
    expect(await add("admin", "first@admin.test", undefined, empty.platform)).toEqual({
      ok: false,
      because: "notSetUp",
    });
    await empty.close();
  });
});
