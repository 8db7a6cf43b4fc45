import { recordAudit } from "#audit/index.ts";
import type { AppContext } from "#platform/http/app.ts";
import { describeError } from "#platform/log.ts";
import type { Platform } from "#platform/platform.ts";
import type { Account } from "./account.ts";
import { sessionTriesKey, triesKey } from "./known-device.ts";
import type { Person } from "./person-store.ts";
import type { Tries } from "./tries.ts";

type Needs = Pick<Platform, "db" | "cookies" | "now" | "log"> & { readonly tries: Tries };

/**
 * Takes one try of somebody, before anything is computed. Where none is left, one row for each account and minute says
 * so; made-up e-mails leave none, since nobody may delete from the record.
 * @returns false where somebody is held up
 */
export async function takeTry(
  needs: Needs,
  c: AppContext,
  what: "passwords" | "codes" | "recoveries",
  who: Who,
): Promise<boolean> {
  const { tries, now } = needs;
  const key = "session" in who ? sessionTriesKey(who.session) : await triesKey(needs, c, who);
  if (tries[what].take(key, now())) return true;
  const person = "session" in who ? who.session : who.person;
  if (person && tries.rows.take(person.id, now())) recordHeldUp(needs, person.id, what);
  return false;
}

/** Who typed an e-mail, or a session of somebody who is signed in, whose tries nobody else spends. */
type Who =
  | { readonly email: string; readonly person: Pick<Person, "id"> | undefined }
  | { readonly session: Pick<Account, "id" | "sessionId"> };

/** Beside the answer, which must not take longer where there is an account. */
function recordHeldUp({ db, now, log }: Needs, personId: string, what: string): void {
  const subject = { kind: "person", id: personId } as const;
  const fact = { action: "account.heldUp", by: { kind: "system" }, subject, at: now(), detail: { what } } as const;
  db.write((tx) => recordAudit(tx, fact)).catch((error) => log.error(describeError(error), "a row was not recorded"));
}
