import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Account } from "#accounts/account.ts";
import { bringBackKeys } from "#accounts/bring-back-keys.ts";
import { openByPassword } from "#accounts/person-key.ts";
import { listApartKeysKeptFrom } from "#casework/index.ts";
import { recoveryCodeOn } from "../support/account.ts";
import { type ApartCase, CHOSEN, idOf, openApartCase, WORDS } from "../support/apart-case.ts";
import { COLLEAGUE, PASSWORD } from "../support/app.ts";
import { newVisitor, type Visitor } from "../support/browser.ts";
import { hiddenIn, numbersOn, sendShortReport, signInAs } from "../support/journey.ts";
import { newStaff } from "../support/new-staff.ts";

const MINUTE = 60_000;
const FORMER = "/staff/account/former";
const ENDED = "You had another password or recovery code before";
let apart: ApartCase;
let earlierCode: string;

beforeEach(async () => {
  apart = await openApartCase();
  earlierCode = recoveryCodeOn(await apart.operator.post("/staff/account/recovery-code", {}));
});
afterEach(() => apart.test.close());

const bringBack = async (visitor: Visitor, formerPassword: string, former?: string) =>
  visitor.post(FORMER, { former: former ?? hiddenIn(await visitor.get(FORMER), "former"), formerPassword });
const caseOf = async (visitor: Visitor) => visitor.get(`/staff/cases/${apart.number}`);
const holders = async () => {
  const rows = await apart.test.database.raw("select holder from apart_key_holder order by holder");
  return rows.map(({ holder }) => String(holder).replace(/^former:.*/, "former"));
};
const formerRows = () => apart.test.database.raw("select * from former_identity order by ended_at");

describe("a link that somebody gave who is kept away from a case", () => {
  it("destroys nothing: its owner brings the case back with the earlier recovery code, and reads it", async () => {
    await apart.takeUpAnew();
    const olga = await apart.signInAnew();
    expect((await olga.get("/staff/account")).text).toContain(ENDED);
    await apart.letIn();
    expect((await caseOf(olga)).status).toBe(404);
    const seen = await bringBack(olga, earlierCode.toLowerCase().replaceAll("-", " "));
    expect([seen.status, seen.text.includes("1 case opens again.")]).toEqual([200, true]);
    expect((await caseOf(olga)).text).toContain(WORDS);
    expect(numbersOn(await olga.get("/staff/cases"))).toEqual([apart.number]);
    expect([await holders(), await formerRows()]).toEqual([[apart.operatorId], []]);
    const account = await olga.get("/staff/account");
    expect([account.text.includes(ENDED), account.text.includes("Earlier keys brought back")]).toEqual([false, true]);
    expect((await olga.get(FORMER)).path).toBe("/staff/account");
    const [row] = await apart.test.database.raw("select * from audit_entry where action = 'account.keysBroughtBack'");
    expect([row?.actor_id, JSON.parse(String(row?.detail))]).toEqual([apart.operatorId, { cases: 1 }]);
  });

  it("is mended by the earlier password as well", async () => {
    await apart.takeUpAnew();
    const olga = await apart.signInAnew();
    await apart.letIn();
    expect((await bringBack(olga, PASSWORD)).text).toContain("1 case opens again.");
    expect((await caseOf(olga)).text).toContain(WORDS);
  });

  it("gives whoever takes it in her place nothing of the case, whatever they know of the account as it is now", async () => {
    const code = recoveryCodeOn(await apart.takeUpAnew());
    const thief = await apart.signInAnew();
    await apart.letIn();
    for (const guess of [code, CHOSEN, "0123-4567-89AB-CDEF-GHJK"]) {
      const seen = await bringBack(thief, guess);
      expect([seen.status, seen.text.includes("neither the earlier password nor")]).toEqual([422, true]);
      expect(seen.text).not.toContain(guess);
    }
    expect([(await caseOf(thief)).status, await holders()]).toEqual([404, ["former"]]);
    expect((await thief.get("/staff/account")).text).toContain("Refused: wrong earlier password or recovery code");
    // The owner gets the account back by another link, and finds what was hers behind the thief's.
    await apart.takeUpAnew("another long password");
    const olga = await apart.signInAnew("another long password");
    await apart.letIn();
    const [first, second] = (await formerRows()).map(({ id }) => String(id));
    const both = await olga.get(FORMER);
    for (const id of [first, second]) expect(both.text).toContain(`<option value="${id}"`);
    expect((await bringBack(olga, earlierCode, second)).status).toBe(422);
    expect((await bringBack(olga, earlierCode, first)).text).toContain("1 case opens again.");
    expect((await caseOf(olga)).text).toContain(WORDS);
  });

  it("leaves a former identity that tells nothing: there is one also where no case was apart", async () => {
    const lead = apart.lead;
    const { path } = await apart.operator.post(
      `/staff/team/desk-triage/${await idOf(apart.test, COLLEAGUE)}/recover`,
      {},
    );
    const [, link = ""] =
      /<p class="address"[^>]*>http:\/\/test\.local([^<]+)</.exec((await apart.operator.get(path)).text) ?? [];
    await newVisitor(apart.test).post(link, { name: "Kosta", password: CHOSEN, language: "en" });
    await signInAs(lead, COLLEAGUE, CHOSEN);
    expect((await lead.get("/staff/account")).text).toContain(ENDED);
    expect((await bringBack(lead, PASSWORD)).text).toContain("There was nothing more to bring back.");
    expect(await formerRows()).toEqual([]);
  });
});

describe("what comes back", () => {
  it("waits until a colleague has let the account in, and the former identity with it", async () => {
    await apart.takeUpAnew();
    const olga = await apart.signInAnew();
    const early = await bringBack(olga, earlierCode);
    expect([early.status, early.text.includes("Something waits until a colleague lets you in")]).toEqual([200, true]);
    expect(await holders()).toEqual(["former"]);
    expect((await olga.get("/staff/account")).text).toContain(ENDED);
    await apart.letIn();
    expect((await bringBack(olga, earlierCode)).text).toContain("1 case opens again.");
  });

  it("is nothing that a conflict keeps from the person, nor does the page tell it; lifted, it comes", async () => {
    await apart.takeUpAnew();
    const olga = await apart.signInAnew();
    await apart.letIn();
    const [file] = await apart.test.database.raw("select id from case_file");
    await apart.test.database.raw(
      `insert into case_exclusion (id, case_id, institution_id, declared_at, declared_by) values ('ex', '${file?.id}', 'inst-triage', 1, 'x')`,
    );
    const seen = await bringBack(olga, earlierCode);
    expect(seen.text).toContain("There was nothing more to bring back.");
    expect([await holders(), (await olga.get("/staff/account")).text.includes(ENDED)]).toEqual([["former"], false]);
    await apart.test.database.raw("update case_exclusion set lifted_at = 2 where id = 'ex'");
    expect((await bringBack(olga, earlierCode)).text).toContain("1 case opens again.");
  });

  it("comes once, also when it is asked for twice at the same moment", async () => {
    await apart.takeUpAnew();
    const olga = await apart.signInAnew();
    await apart.letIn();
    const seen = await Promise.all([bringBack(olga, earlierCode), bringBack(olga, earlierCode)]);
    expect(seen.filter(({ text }) => text.includes("1 case opens again."))).toHaveLength(1);
    expect(await holders()).toEqual([apart.operatorId]);
  });

  it("may have been shared anew meanwhile by somebody who holds it, and is then not counted", async () => {
    const { number, operator, tara, operatorId } = apart;
    await operator.post(`/staff/cases/${number}/exclusions/share`, { person: tara.id });
    await apart.takeUpAnew();
    const olga = await apart.signInAnew();
    await apart.letIn();
    await tara.post(`/staff/cases/${number}/exclusions/share`, { person: operatorId });
    expect((await caseOf(olga)).text).toContain(WORDS);
    expect((await bringBack(olga, earlierCode)).text).toContain("There was nothing more to bring back.");
    expect(await holders()).toEqual([operatorId, tara.id].sort());
    expect((await caseOf(olga)).text).toContain(WORDS);
  });

  it("is not kept back by a key that is damaged", async () => {
    const { test, operator } = apart;
    await sendShortReport(newVisitor(test));
    const rows = await test.database.raw("select number from case_file");
    const other = rows.map(({ number }) => String(number)).find((each) => each !== apart.number);
    await operator.post(`/staff/cases/${other}/exclusions`, { whom: `person:${await idOf(test, COLLEAGUE)}` });
    // Whoever was let in before it was declared holds the second one too.
    await test.database.raw(`delete from apart_key_holder where holder = '${apart.tara.id}'`);
    await apart.takeUpAnew();
    const olga = await apart.signInAnew();
    await apart.letIn();
    await test.database.raw(
      `update apart_key_holder set sealed = (select password_salt from person limit 1)
       where apart_key_id = (select apart_key_id from case_file where number = '${other}')`,
    );
    expect((await bringBack(olga, earlierCode)).text).toContain("1 case opens again.");
    expect((await caseOf(olga)).text).toContain(WORDS);
  });

  it("is sealed to the key that the account has by then, and to no other", async () => {
    const { test, operatorId: id } = apart;
    const row = async () => (await test.database.raw(`select * from person where id = '${id}'`))[0] ?? {};
    const { password_salt, sealed_by_password } = await row();
    const locked = { id, passwordSalt: password_salt as Buffer, sealedByPassword: sealed_by_password as Buffer };
    const identity = await openByPassword(test.platform, locked, PASSWORD);
    await apart.takeUpAnew();
    await apart.letIn();
    const [former] = await formerRows();
    const needs = { ...test.platform, keptApart: listApartKeysKeptFrom };
    const before = { id, identity } as Account;
    const asked = { formerId: String(former?.id), typed: earlierCode };
    expect(await bringBackKeys(needs, before, asked)).toBe("missing");
    expect(await holders()).toEqual(["former"]);
  });

  it("is nobody else's: a former identity of another account does not exist", async () => {
    await apart.takeUpAnew();
    const [row] = await formerRows();
    const seen = await bringBack(apart.tara, earlierCode, String(row?.id));
    expect([seen.status, seen.path]).toEqual([303, "/staff/account"]);
    expect(await holders()).toEqual(["former"]);
  });
});

describe("an earlier secret", () => {
  it("is slowed like a confirmation: after five the right one waits too, and nothing is hashed", async () => {
    await apart.takeUpAnew();
    const olga = await apart.signInAnew();
    await apart.letIn();
    for (let at = 0; at < 5; at++) expect((await bringBack(olga, `wrong ${at}`)).text).toContain("neither the earlier");
    let hashed = 0;
    const { signIn } = apart.test.platform.lanes;
    const run = signIn.run;
    const counted = (work: () => Promise<unknown>) => {
      hashed += 1;
      return run(work);
    };
    Object.assign(signIn, { run: counted });
    const seen = await bringBack(olga, earlierCode);
    expect([seen.status, seen.text.includes("Too many tries"), hashed]).toEqual([422, true, 0]);
    apart.test.pass(MINUTE);
    expect((await bringBack(olga, earlierCode)).text).toContain("1 case opens again.");
    expect(hashed).toBe(2);
  });

  it("comes after a confirmation, and what is missing is said", async () => {
    await apart.takeUpAnew();
    const olga = await apart.signInAnew();
    const [row] = await formerRows();
    expect((await bringBack(olga, "", String(row?.id))).text).toContain("Write the earlier password");
    expect((await olga.post(FORMER, { former: "x".repeat(41), formerPassword: "x" })).status).toBe(422);
    apart.test.pass(6 * MINUTE);
    for (const seen of [await olga.get(FORMER), await bringBack(olga, earlierCode, String(row?.id))])
      expect([seen.status, seen.text.includes("Confirm that it is you"), seen.text.includes(earlierCode)]).toEqual([
        ...[200, true, false],
      ]);
    expect((await olga.post("/staff/confirm", { to: FORMER, confirmPassword: CHOSEN })).path).toBe(FORMER);
    expect((await bringBack(olga, earlierCode)).status).toBe(200);
  });

  it("opens nothing for another account that is at no desk", async () => {
    const editor = await newStaff(apart.test, "editor");
    expect((await editor.get(FORMER)).path).toBe("/staff/account");
    expect((await editor.get("/staff/account")).text).not.toContain(ENDED);
  });
});
