import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addPerson, listStaffedDesks } from "#accounts/index.ts";
import { insertDesk, insertInstitution } from "#institutions/index.ts";
import { personCommandFrom } from "../../src/add-person.ts";
import { NOON, openTestApp, RECOVERY_KEYS, type TestApp } from "../support/app.ts";
import { newVisitor } from "../support/browser.ts";

let test: TestApp;
beforeAll(async () => {
  test = await openTestApp();
  const name = { sr: "Школа", en: "School" };
  await test.platform.db.write(async (tx) => {
    for (const id of ["one", "bare", "several", "ended"]) {
      const row = { id, identifier: id, type: "primary_school", name, territory: "rs-ada" };
      await insertInstitution(tx, { ...row, activeFrom: 0, activeTo: id === "ended" ? NOON - 1 : null });
    }
    await insertDesk(tx, { id: "desk-one", institutionId: "one", kind: "primary_school", name, fallbackId: null });
    await insertDesk(tx, { id: "desk-ended", institutionId: "ended", kind: "primary_school", name, fallbackId: null });
    for (const [id, sr] of [
      ["desk-first", "Прва служба"],
      ["desk-second", "Друга служба"],
      ["desk-third", "Трећа служба"],
    ] as const) {
      await insertDesk(tx, {
        id,
        institutionId: "several",
        kind: "primary_school",
        name: { sr, en: id },
        fallbackId: null,
      });
    }
  });
});
afterAll(() => test.close());

const add = (
  role: "admin" | "member",
  email: string,
  identifier?: string,
  { platform = test.platform, desk = "" } = {},
) =>
  addPerson(
    { ...platform, recoveryRecipient: RECOVERY_KEYS.recipient },
    { role, email, name: "Ana Admin", language: "en" },
    identifier === undefined ? undefined : { identifier, desk: desk || undefined },
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

  it("finds the desk by its name in either script where several wait, and asks for it where none is named", async () => {
    const unsaid = await add("member", "one@several.test", "several");
    expect(unsaid).toMatchObject({ ok: false, because: "whichDesk" });
    expect(unsaid.ok || unsaid.desks?.map(({ en }) => en)).toEqual(["desk-first", "desk-second", "desk-third"]);
    expect(await add("member", "one@several.test", "several", { desk: "Четврта" })).toMatchObject({
      because: "whichDesk",
    });
    expect((await add("member", "one@several.test", "several", { desk: "druga SLUŽBA" })).ok).toBe(true);
    expect(await add("member", "two@several.test", "several", { desk: "Друга служба" })).toMatchObject({
      because: "deskTaken",
    });
    expect((await add("member", "two@several.test", "several", { desk: "Прва служба" })).ok).toBe(true);
    expect((await add("member", "three@several.test", "several")).ok).toBe(true);
    const staffed = await test.database.raw(
      "select desk_id from desk_member where desk_id like 'desk-%' and admitted_at is not null",
    );
    expect(staffed.map(({ desk_id }) => desk_id)).toEqual(
      expect.arrayContaining(["desk-first", "desk-second", "desk-third"]),
    );
  });

  it("refuses what is taken or not there, and makes nothing", async () => {
    const people = () => test.database.raw("select id from person");
    const before = await people();
    expect(await add("admin", " ADA@admin.test ")).toEqual({ ok: false, because: "emailTaken" });
    expect(await add("member", "x@school.test", "nowhere")).toEqual({ ok: false, because: "noInstitution" });
    expect(await add("member", "x@school.test", "ended")).toEqual({ ok: false, because: "noInstitution" });
    expect(await add("member", "x@school.test", "bare")).toEqual({ ok: false, because: "noDesk" });
    expect(await people()).toEqual(before);
  });

  it("takes no administrator for a desk, since that role never opens a case", () => {
    const typed = ["x@school.test", "Ana Ana", "one"];
    expect(personCommandFrom(["member", ...typed])).toBeDefined();
    expect(personCommandFrom(["admin", ...typed])).toBeUndefined();
    expect(personCommandFrom(["admin", ...typed.slice(0, 2)])).toBeDefined();
  });

  it("waits for the triage desk: the first account of all would shut its set-up link", async () => {
    const empty = await openTestApp({ withDesk: false });
    expect(await add("admin", "first@admin.test", undefined, { platform: empty.platform })).toEqual({
      ok: false,
      because: "notSetUp",
    });
    await empty.close();
  });
});
