import { COLLEAGUE, OPERATOR, openTestApp, RECOVERY_KEYS, type TestApp } from "./app.ts";
import { newVisitor, type Seen, type Visitor } from "./browser.ts";
import { sendShortReport, signInAs, unpaced } from "./journey.ts";
import { newStaff } from "./new-staff.ts";

const TEAM = "/staff/team/desk-triage";
/** What somebody chooses who takes the operator's account up anew. */
export const CHOSEN = "four words in a row";
export const WORDS = "told about Kosta";

/** A triage desk with a case that is kept from the lead: the operator alone holds its key, and Tara came later. */
export interface ApartCase {
  readonly test: TestApp;
  readonly operator: Visitor;
  readonly lead: Visitor;
  readonly tara: Visitor & { readonly id: string };
  readonly operatorId: string;
  readonly number: string;
  /** The lead gives the operator a link, and somebody uses it; the page it leads to shows a recovery code. */
  takeUpAnew(password?: string): Promise<Seen>;
  /** Somebody signs in to the operator's account as it is now. */
  signInAnew(password?: string): Promise<Visitor>;
  /** Tara lets the operator's account in again. */
  letIn(): Promise<Seen>;
}

export async function openApartCase({ recovery = false }: { readonly recovery?: boolean } = {}): Promise<ApartCase> {
  const more = recovery ? { recoveryRecipient: RECOVERY_KEYS.recipient } : {};
  const test = await openTestApp({ ...unpaced(), ...more });
  const [operator, lead] = [newVisitor(test), newVisitor(test)];
  await signInAs(operator);
  await signInAs(lead, COLLEAGUE);
  const operatorId = await idOf(test, OPERATOR);
  const leadId = await idOf(test, COLLEAGUE);
  await test.database.raw(`update desk_member set leads = true where person_id = '${leadId}'`);
  await sendShortReport(newVisitor(test), { "4": { forms: ["social"], story: WORDS, truthful: "yes" } });
  const [file] = await test.database.raw("select number from case_file");
  const number = String(file?.number);
  await operator.post(`/staff/cases/${number}/exclusions`, { whom: `person:${leadId}` });
  const tara = await newStaff(test, "triage");
  await test.database.raw(
    `insert into desk_member (desk_id, person_id, admitted_at, leads) values ('desk-triage', '${tara.id}', null, false)`,
  );
  await operator.post(`${TEAM}/${tara.id}/admit`, {});
  return {
    ...{ test, operator, lead, tara, operatorId, number },
    async takeUpAnew(password = CHOSEN) {
      const { path } = await lead.post(`${TEAM}/${operatorId}/recover`, {});
      const [, link = ""] =
        /<p class="address"[^>]*>http:\/\/test\.local([^<]+)</.exec((await lead.get(path)).text) ?? [];
      return newVisitor(test).post(link, { name: "Olga", password, language: "en" });
    },
    async signInAnew(password = CHOSEN) {
      const visitor = newVisitor(test);
      await signInAs(visitor, OPERATOR, password);
      return visitor;
    },
    letIn: () => tara.post(`${TEAM}/${operatorId}/admit`, {}),
  };
}

export async function idOf({ database }: TestApp, email: string): Promise<string> {
  return String((await database.raw(`select id from person where email = '${email}'`))[0]?.id);
}
