import { afterEach, describe, expect, it } from "vitest";
import { openByPassword } from "#accounts/person-key.ts";
import { shareByRecovery } from "#casework/share-by-recovery.ts";
import { newKeyPair, openText } from "#platform/crypto/seal.ts";
import { createApp } from "../../src/app.ts";
import { recoveryCodeOn } from "../support/account.ts";
import { type ApartCase, CHOSEN, idOf, openApartCase, WORDS } from "../support/apart-case.ts";
import { OPERATOR, PASSWORD, RECOVERY_KEYS, STRANGER } from "../support/app.ts";
import { newVisitor, type Seen, type Visitor } from "../support/browser.ts";
import { signInAs } from "../support/journey.ts";
import { newStaff } from "../support/new-staff.ts";

const LAST = "only the recovery key can";
let apart: ApartCase;
afterEach(() => apart.test.close());

const remove = ({ lead, operatorId }: ApartCase, by: Visitor = lead, fields = {}) =>
  by.post(`/staff/team/desk-triage/${operatorId}/remove`, fields);
const close = ({ operatorId }: ApartCase, by: Visitor, personId = operatorId) =>
  by.post(`/staff/people/${personId}/close`, {});
const asks = ({ status, text }: Seen) => [status, text.includes(LAST)];
const rowsOf = (table: string) => apart.test.database.raw(`select * from ${table}`);
const holders = async () => (await rowsOf("apart_key_holder")).map(({ holder }) => String(holder));

/** The identity that the operator's account is locked under now. */
async function identityNow(): Promise<string> {
  const [row = {}] = await apart.test.database.raw(`select * from person where email = '${OPERATOR}'`);
  const locked = { passwordSalt: row.password_salt as Buffer, sealedByPassword: row.sealed_by_password as Buffer };
  return openByPassword(apart.test.platform, { id: String(row.id), ...locked }, PASSWORD);
}

/** How much of all keys that lie sealed an identity opens. */
async function opensOf(identity: string): Promise<number> {
  const sealed = [...(await rowsOf("apart_key_holder")), ...(await rowsOf("desk_key_holder"))];
  const opened = await Promise.allSettled(sealed.map((row) => openText(identity, row.sealed as Buffer)));
  return opened.filter(({ status }) => status === "fulfilled").length;
}

describe("the only one who still opens a case that is kept from the lead", () => {
  it("is removed without a question where a recovery key opens the case, so that the lead learns nothing", async () => {
    apart = await openApartCase({ recovery: true });
    expect((await remove(apart)).status).toBe(303);
    expect(await holders()).toEqual(["recovery"]);
    expect(await shareByRecovery(apart.test.platform, "triage-nowhere@staff.test", RECOVERY_KEYS.identity)).toBe(1);
    expect((await apart.tara.get(`/staff/cases/${apart.number}`)).text).toContain(WORDS);
  });

  it("has the account closed without a question there, too", async () => {
    apart = await openApartCase({ recovery: true });
    expect((await close(apart, await newStaff(apart.test, "admin"))).status).toBe(303);
    expect(await holders()).toEqual(["recovery"]);
  });

  it("is asked about where the recovery key was replaced, until the case is sealed to the present one", async () => {
    apart = await openApartCase({ recovery: true });
    const { test, lead } = apart;
    const options = { country: test.country, baseUrl: undefined, demo: false, secondFactor: "offered" } as const;
    const { recipient } = await newKeyPair();
    const app = createApp(test.platform, { ...options, recoveryRecipient: recipient });
    const anew = newVisitor({ app }, new Map(lead.cookies));
    const admin = newVisitor({ app }, new Map((await newStaff(test, "admin")).cookies));
    expect(asks(await remove(apart, anew))).toEqual([409, true]);
    expect(asks(await close(apart, admin))).toEqual([409, true]);
    await signInAs(newVisitor({ app }));
    expect((await remove(apart, anew)).status).toBe(303);
    expect(await holders()).toEqual(["recovery"]);
  });

  it("is asked about where no recovery key is kept, in the words for the last one of a desk", async () => {
    apart = await openApartCase();
    const admin = await newStaff(apart.test, "admin");
    const stranger = await idOf(apart.test, STRANGER);
    const said = ({ text }: Seen) => /role="alert">([^<]+)</.exec(text)?.[1];
    const seen = await remove(apart);
    expect(asks(seen)).toEqual([409, true]);
    expect(said(seen)).toBe(said(await admin.post(`/staff/team/desk-other/${stranger}/remove`, {})));
    const closing = await close(apart, admin);
    expect(asks(closing)).toEqual([409, true]);
    expect(said(closing)).toBe(said(await close(apart, admin, stranger)));
    expect(await holders()).toEqual([apart.operatorId]);
    expect((await remove(apart, apart.lead, { last: "yes" })).status).toBe(303);
    expect(await holders()).toEqual([]);
  });

  it("is so too while the account waits after a link, which the lead may have used, and loses nothing by it", async () => {
    apart = await openApartCase();
    await apart.takeUpAnew();
    expect(asks(await remove(apart))).toEqual([409, true]);
    expect(asks(await close(apart, await newStaff(apart.test, "admin")))).toEqual([409, true]);
    expect(await holders()).toEqual([expect.stringMatching(/^former:/)]);
  });

  it("is nobody who waits and never held a key, nor one of two", async () => {
    apart = await openApartCase();
    const { operator, number, tara } = apart;
    const sanja = await newStaff(apart.test, "triage", undefined, "new@staff.test");
    await apart.test.database.raw(
      `insert into desk_member (desk_id, person_id, admitted_at, leads) values ('desk-triage', '${sanja.id}', null, false)`,
    );
    expect((await apart.lead.post(`/staff/team/desk-triage/${sanja.id}/remove`, {})).status).toBe(303);
    await operator.post(`/staff/cases/${number}/exclusions/share`, { person: tara.id });
    expect((await remove(apart)).status).toBe(303);
  });
});

describe("whoever is removed after a link was used", () => {
  it("holds nothing any more under any key they ever had, and no former identity where the account has ended", async () => {
    apart = await openApartCase({ recovery: true });
    const identity = await identityNow();
    expect(await opensOf(identity)).toBe(2);
    await apart.takeUpAnew();
    expect([await opensOf(identity), (await rowsOf("former_identity")).length]).toEqual([1, 1]);
    expect((await remove(apart)).status).toBe(303);
    expect([await opensOf(identity), await holders(), await rowsOf("former_identity")]).toEqual([0, ["recovery"], []]);
  });

  it("keeps the account where they stand elsewhere, and gets nothing of the case by the earlier secret", async () => {
    apart = await openApartCase({ recovery: true });
    const { test, operator, operatorId, number } = apart;
    const code = recoveryCodeOn(await operator.post("/staff/account/recovery-code", {}));
    await test.database.raw(
      `insert into desk_member (desk_id, person_id, admitted_at, leads) select 'desk-other', '${operatorId}', 1, false from person where email = '${STRANGER}'`,
    );
    await apart.takeUpAnew();
    await remove(apart);
    const olga = await apart.signInAnew(CHOSEN);
    const [former] = await rowsOf("former_identity");
    const seen = await olga.post("/staff/account/former", { former: String(former?.id), formerPassword: code });
    expect(seen.text).toContain("There was nothing more to bring back.");
    expect([(await olga.get(`/staff/cases/${number}`)).status, await holders()]).toEqual([404, ["recovery"]]);
  });
});
