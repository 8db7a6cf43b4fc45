import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { recoveryCodeOn } from "../support/account.ts";
import { COLLEAGUE, OPERATOR, openTestApp, PASSWORD, type TestApp } from "../support/app.ts";
import { newVisitor, type Visitor } from "../support/browser.ts";
import { signInAs } from "../support/journey.ts";

const MINUTE = 60_000;
const NEW_PASSWORD = "another long password";
let test: TestApp;
let operator: Visitor;
let phone: Visitor;

beforeEach(async () => {
  test = await openTestApp();
  operator = newVisitor(test);
  phone = newVisitor(test);
  await signInAs(operator);
  test.pass(MINUTE);
  await signInAs(phone);
});
afterEach(() => test.close());

const isIn = async (visitor: Visitor) => (await visitor.get("/staff/account")).status === 200;
const endingsOn = ({ text }: { readonly text: string }) =>
  [...text.matchAll(/action="(\/staff\/sessions\/[0-9a-f]{16}\/end)"/g)].map(([, path = ""]) => path);

describe("the sessions of an account", () => {
  it("are listed without telling where they are, this one marked, and each other one can be ended alone", async () => {
    const seen = await operator.get("/staff/account");
    const others = endingsOn(seen);
    expect(others).toHaveLength(1);
    expect(seen.text.match(/this one/g)).toHaveLength(1);
    await operator.post(others[0] ?? "", {});
    expect([await isIn(operator), await isIn(phone)]).toEqual([true, false]);
    expect(endingsOn(await operator.get("/staff/account"))).toEqual([]);
  });

  it("of somebody else do not exist", async () => {
    const colleague = newVisitor(test);
    await signInAs(colleague, COLLEAGUE);
    const [own] = endingsOn(await operator.get("/staff/account"));
    await colleague.post(own ?? "", {});
    expect(await isIn(phone)).toBe(true);
  });
});

describe("another password", () => {
  const change = (fields: Record<string, string>) =>
    operator.post("/staff/account/password", { password: PASSWORD, newPassword: NEW_PASSWORD, ...fields });

  it("needs the current one, ends every other session and forgets known browsers", async () => {
    const wrong = await change({ password: "not the right one" });
    expect([wrong.status, wrong.text.includes("The password is not right")]).toEqual([422, true]);
    expect(wrong.text).not.toMatch(/another long|not the right/);
    const done = await change({});
    expect([done.status, done.text.includes("The password is changed")]).toEqual([200, true]);
    expect([await isIn(operator), await isIn(phone)]).toEqual([true, false]);
    expect(await test.database.raw("select * from known_device")).toEqual([]);
    expect((await newVisitor(test).post("/staff/session", { email: OPERATOR, password: PASSWORD })).status).toBe(422);
    expect((await newVisitor(test).post("/staff/session", { email: OPERATOR, password: NEW_PASSWORD })).status).toBe(
      303,
    );
  });

  it("is refused where it is one of those that are tried first", async () => {
    expect((await change({ newPassword: "qwerty123456" })).text).toContain("tried first");
  });

  it("may have sixty-four letters and many more, each of which counts", async () => {
    const long = "ten words, ".repeat(12);
    for (const length of [64, 128]) {
      const newPassword = `${long.slice(0, length - 1)}!`;
      expect((await change({ password: length === 64 ? PASSWORD : `${long.slice(0, 63)}!`, newPassword })).status).toBe(
        200,
      );
      const signIn = (password: string) => newVisitor(test).post("/staff/session", { email: OPERATOR, password });
      expect((await signIn(newPassword)).status, `${length}`).toBe(303);
      expect((await signIn(newPassword.slice(0, -1))).status, `${length} but one`).toBe(422);
    }
  });

  it("stays as typed in another form of the same letters", async () => {
    await change({ newPassword: "ﬁve long words é" });
    expect(
      (await newVisitor(test).post("/staff/session", { email: OPERATOR, password: "five long words e\u0301" })).status,
    ).toBe(303);
  });
});

describe("something far-reaching", () => {
  it("asks once more after five minutes, takes the answer with what was typed, and says no to a wrong one", async () => {
    test.pass(6 * MINUTE);
    const asked = await operator.post("/staff/account/recovery-code", { kept: "words" });
    expect([asked.status, asked.text.includes('name="kept" value="words"')]).toEqual([200, true]);
    expect(asked.text).toContain('action="/staff/account/recovery-code"');
    const wrong = await operator.post("/staff/account/recovery-code", {
      kept: "words",
      confirmPassword: "not mine at all",
    });
    expect([wrong.status, wrong.text.includes('name="kept" value="words"')]).toEqual([422, true]);
    expect(wrong.text).not.toContain("not mine");
    recoveryCodeOn(await operator.post("/staff/account/recovery-code", { confirmPassword: PASSWORD }));
    recoveryCodeOn(await operator.post("/staff/account/recovery-code", {}));
  });

  it("is an export too, which comes once the answer is right", async () => {
    const path = "/staff/institutions/export?separator=comma";
    expect((await operator.get(path)).headers.get("content-type")).toContain("text/csv");
    test.pass(6 * MINUTE);
    const asked = await operator.get(path);
    expect(asked.headers.get("content-type")).toContain("text/html");
    expect(asked.text).toContain(`name="to" value="${path}"`);
    expect((await operator.post("/staff/confirm", { to: path, confirmPassword: PASSWORD })).path).toBe(path);
    expect((await operator.get(path)).headers.get("content-type")).toContain("text/csv");
  });

  it("leads back to no other site", async () => {
    test.pass(6 * MINUTE);
    for (const to of [
      "https://evil.test/",
      "//evil.test",
      "/en/",
      "javascript:alert(1)",
      "/staff/\\evil",
      "/staff/x\r\ny",
    ]) {
      test.pass(MINUTE);
      const seen = await operator.post("/staff/confirm", { to, confirmPassword: PASSWORD });
      expect([seen.status, seen.path], to).toEqual([303, "/staff"]);
    }
    expect(
      (await operator.post("/staff/confirm", { to: "/staff/second-factor/new", confirmPassword: PASSWORD })).path,
    ).toBe("/staff/second-factor/new");
  });
});
