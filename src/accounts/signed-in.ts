import type { MiddlewareHandler } from "hono";
import { isLanguage } from "#messages/messages.ts";
import type { AppContext, AppEnv } from "#platform/http/app.ts";
import { hidden, isAway, neutralPath } from "#platform/http/away.ts";
import { notFound, sessionOver } from "#platform/http/errors.ts";
import { guard } from "#platform/http/guard.ts";
import { leadTo } from "#platform/http/page.ts";
import { isPlainHere, PlainLine } from "#platform/http/plain-line.ts";
import { readFields } from "#platform/http/read-body.ts";
import type { Platform } from "#platform/platform.ts";
import { type Local, uiFor } from "#platform/views/ui.ts";
import { account, type SignedIn, signedIn } from "./account.ts";
import { endSession } from "./end-session.ts";
import { findPerson } from "./person-store.ts";
import { can, isRole, needsSecureLine, type Permission } from "./roles.ts";
import { resumeSession } from "./sessions.ts";
import { leadsAny } from "./team-store.ts";

type Needs = Pick<Platform, "db" | "cookies" | "now">;

export const SESSION_COOKIE = "s";
export const KEY_COOKIE = "k";

/** Puts the signed-in person on every staff request, and speaks that person's language. */
export function recogniseAccount(needs: Needs, local: Local): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    // A head is answered without anybody's page, and must not prolong a session.
    const found = c.req.method === "HEAD" ? undefined : await findAccount(needs, c);
    if (found) {
      signedIn.set(c, found);
      if (found.confirmedAt !== undefined) account.set(c, found);
      c.set("ui", uiFor(found.language, local));
    }
    await next();
  };
}

async function findAccount({ db, cookies, now }: Needs, c: AppContext): Promise<SignedIn | undefined> {
  const id = cookies.read(c, SESSION_COOKIE);
  const key = cookies.read(c, KEY_COOKIE);
  if (!id || !key) return undefined;
  const resumed = await resumeSession(db, { id, key }, now());
  if (!resumed) return undefined;
  const { personId, identity, begunAt, confirmedAt } = resumed;
  const { person, leads } = await db.read(async (reader) => ({
    person: await findPerson(reader, personId),
    leads: await leadsAny(reader, personId),
  }));
  if (!person || !isRole(person.role) || !isLanguage(person.language)) return undefined;
  const { name, email, role, language } = person;
  const who = { id: person.id, name, email, role, language, leads, identity, sessionId: id };
  return { ...who, sessionBegunAt: begunAt, confirmedAt, hasSecondFactor: person.sealedTotp !== null };
}

/**
 * Lets in only who is signed in and may do this; for everybody else the page does not exist or asks to sign in. Where
 * others can read along, what needs a secure line is refused with a page that says how to get one.
 */
export function may(needs: Needs, permission: Permission) {
  return guard(permission, async (c, next) => {
    const writes = c.req.method === "POST";
    if (!writes && isAway(needs.cookies, c)) return leadTo(c, neutralPath(c));
    const who = account.find(c);
    // Whatever was sent, and even where it is no form, what has to be said is that the session is over.
    if (!who && writes) await readFields(c).catch(() => undefined);
    if (!who && writes) throw sessionOver();
    if (!who) return leadTo(c, signedIn.find(c) ? SECOND_FACTOR : "/staff");
    if (!can(who, permission)) throw notFound();
    if (needsSecureLine(permission) && isPlainHere(c)) throw closedHere(permission);
    return next();
  });
}

const closedHere = (permission: Permission) =>
  new PlainLine(permission === "recovery.make" ? "accounts.plain.closed.key" : "accounts.plain.closed.cases");

export const SECOND_FACTOR = "/staff/second-factor";

/** Lets in whose password was right, also where the second factor is still missing. */
export function halfway(needs: Needs) {
  return guard("halfway", async (c, next) => {
    const instead = hidden(needs.cookies, c);
    if (instead) return instead;
    if (signedIn.find(c)) return next();
    return c.req.method === "POST"
      ? readFields(c, true).then(() => Promise.reject(sessionOver()))
      : leadTo(c, "/staff");
  });
}

/** Ends the session of this browser for somebody who leaves: the cookies with the answer, the row beside it. */
export async function forgetAccount({ db, cookies, now }: Needs, c: AppContext): Promise<void> {
  const id = cookies.read(c, SESSION_COOKIE);
  cookies.remove(c, SESSION_COOKIE);
  cookies.remove(c, KEY_COOKIE);
  if (id) await db.write((tx) => endSession(tx, id, "left", now()));
}
