import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { COLLEAGUE, OPERATOR, openTestApp, PASSWORD, type TestApp } from "../support/app.ts";
import { newVisitor, type Visitor } from "../support/browser.ts";
import { insertBarePerson } from "../support/fill-directory.ts";
import { signInAs, unpaced } from "../support/journey.ts";
import { newStaff } from "../support/new-staff.ts";

const PEOPLE = "/staff/people";
let test: TestApp;
let admin: Visitor & { readonly id: string };

beforeEach(async () => {
  test = await openTestApp(unpaced());
  admin = await newStaff(test, "admin");
});
afterEach(() => test.close());

const namesOn = ({ text }: { readonly text: string }) =>
  [...text.matchAll(/<a href="\/staff\/people\/[\w-]+"><b[^>]*>([^<]+)</g)].map(([, name = ""]) => name);
const idOf = async (email: string) => {
  const [row] = await test.database.raw(`select id from person where email = '${email}'`);
  return String(row?.id);
};

describe("the list of people", () => {
  it("finds by parts of a name or an e-mail, in either script, and by role", async () => {
    expect(namesOn(await admin.get(PEOPLE))).toEqual([
      "Kosta Colleague",
      "Olga Operator",
      "Sanja admin",
      "Sava Stranger",
    ]);
    const everybody = ["Kosta Colleague", "Olga Operator", "Sanja admin", "Sava Stranger"];
    for (const [words, role, names] of [
      ["сава", "", ["Sava Stranger"]],
      ["colleague@triage", "", ["Kosta Colleague"]],
      ["operator olga", "", ["Olga Operator"]],
      ["", "admin", ["Sanja admin"]],
      ["sanja", "triage", []],
      ["nobody", "", []],
      ["%", "root", everybody],
    ] as const) {
      const seen = await admin.post(PEOPLE, { words, role });
      expect([seen.status, seen.path], words).toEqual([200, PEOPLE]);
      expect(namesOn(seen), words).toEqual(names);
    }
    expect(namesOn(await admin.get(`${PEOPLE}?role=admin`))).toEqual(["Sanja admin"]);
  });

  it("holds no name and no e-mail in an address, and says where more fit than are shown", async () => {
    await test.platform.db.write(async (tx) => {
      for (let at = 0; at < 60; at++) await insertBarePerson(tx, `p${String(at).padStart(21, "0")}`);
    });
    const first = await admin.get(PEOPLE);
    expect([...first.text.matchAll(/href="\/staff\/people\?([^"]+)"/g)].map(([, query]) => query)).toEqual([
      expect.stringMatching(/^after=[\w-]{22}$/),
    ]);
    expect(first.text).not.toMatch(/method="get"[^>]*>[\s\S]*name="words"/);
    expect((await admin.post(PEOPLE, { words: "@", role: "" })).text).toContain("These are the first 50.");
  });

  it("leafs through many and back, losing nobody", async () => {
    await test.platform.db.write(async (tx) => {
      for (let at = 0; at < 120; at++) await insertBarePerson(tx, `p${String(at).padStart(21, "0")}`);
    });
    const pages: string[][] = [];
    let path: string | undefined = PEOPLE;
    let last = "";
    while (path) {
      const seen = await admin.get(path);
      pages.push(namesOn(seen));
      last = path;
      path = /href="(\/staff\/people\?[^"]*after=[^"]*)"/.exec(seen.text)?.[1]?.replaceAll("&amp;", "&");
    }
    expect(pages.map(({ length }) => length)).toEqual([50, 50, 24]);
    expect(new Set(pages.flat()).size).toBe(124);
    const back = /href="(\/staff\/people\?[^"]*before=[^"]*)"/.exec((await admin.get(last)).text)?.[1] ?? "";
    expect(namesOn(await admin.get(back.replaceAll("&amp;", "&")))).toEqual(pages[1]);
  });
});

describe("an account", () => {
  it("gets another role of the same work, and no other", async () => {
    const editor = await newStaff(test, "editor");
    await admin.post(`${PEOPLE}/${editor.id}/role`, { role: "reviewer" });
    await admin.post(`${PEOPLE}/${editor.id}/role`, { role: "triage" });
    await admin.post(`${PEOPLE}/${admin.id}/role`, { role: "editor" });
    const rows = await test.database.raw(
      `select role from person where id in ('${editor.id}', '${admin.id}') order by role`,
    );
    expect(rows.map(({ role }) => role)).toEqual(["admin", "reviewer"]);
  });

  it("is closed at once wherever it works, and its desks get a new key when a colleague signs in", async () => {
    const operator = newVisitor(test);
    await signInAs(operator);
    expect((await admin.get(`${PEOPLE}/${await idOf(OPERATOR)}/close`)).status).toBe(200);
    expect((await admin.post(`${PEOPLE}/${await idOf(OPERATOR)}/close`, {})).path).toBe(PEOPLE);
    expect((await operator.get("/staff/cases")).path).toBe("/staff");
    await signInAs(newVisitor(test), COLLEAGUE);
    expect(await test.database.raw("select id from desk_key where desk_id = 'desk-triage'")).toHaveLength(2);
    expect(namesOn(await admin.get(PEOPLE))).not.toContain("Olga Operator");
  });

  it("is signed out everywhere by an administrator, and signs in again as before", async () => {
    const editor = await newStaff(test, "editor");
    expect((await editor.get("/staff/account")).status).toBe(200);
    expect((await admin.post(`${PEOPLE}/${editor.id}/sessions/end`, {})).path).toBe(`${PEOPLE}/${editor.id}`);
    expect((await editor.get("/staff/account")).status).toBe(303);
    await editor.post("/staff/session", { email: "editor-nowhere@staff.test", password: PASSWORD });
    expect((await editor.get("/staff/account")).status).toBe(200);
    expect((await admin.get("/staff/account")).status).toBe(200);
  });

  it("of the only administrator is not closed", async () => {
    const seen = await admin.post(`${PEOPLE}/${admin.id}/close`, {});
    expect([seen.status, seen.text.includes("the only administrator")]).toEqual([409, true]);
    expect((await admin.get(PEOPLE)).status).toBe(200);
    const second = await newStaff(test, "admin", undefined, "second@staff.test");
    expect((await second.post(`${PEOPLE}/${admin.id}/close`, {})).path).toBe(PEOPLE);
  });
});
