import type { MiddlewareHandler } from "hono";
import { isLanguage } from "#messages/messages.ts";
import type { AppContext, AppEnv } from "#platform/http/app.ts";
import { isAway, neutralPath } from "#platform/http/away.ts";
import { notFound, sessionOver } from "#platform/http/errors.ts";
import { guard } from "#platform/http/guard.ts";
import { leadTo } from "#platform/http/page.ts";
import { readFields } from "#platform/http/read-body.ts";
import type { Platform } from "#platform/platform.ts";
import { type Local, uiFor } from "#platform/views/ui.ts";
import { type Account, account } from "./account.ts";
import { endSession } from "./end-session.ts";
import { findPerson } from "./person-store.ts";
import { isRole, mayDo, type Permission } from "./roles.ts";
import { resumeSession } from "./sessions.ts";

type Needs = Pick<Platform, "db" | "cookies" | "now">;

export const SESSION_COOKIE = "s";
export const KEY_COOKIE = "k";

/** Puts the signed-in person on every staff request, and speaks that person's language. */
export function recogniseAccount(needs: Needs, local: Local): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    // A head is answered without anybody's page, and must not prolong a session.
    const found = c.req.method === "HEAD" ? undefined : await findAccount(needs, c);
    if (found) {
      account.set(c, found);
      c.set("ui", uiFor(found.language, local));
    }
    await next();
  };
}

async function findAccount({ db, cookies, now }: Needs, c: AppContext): Promise<Account | undefined> {
  const id = cookies.read(c, SESSION_COOKIE);
  const key = cookies.read(c, KEY_COOKIE);
  if (!id || !key) return undefined;
  const resumed = await resumeSession(db, { id, key }, now());
  const person = resumed && (await db.read((reader) => findPerson(reader, resumed.personId)));
  if (!resumed || !person || !isRole(person.role) || !isLanguage(person.language)) return undefined;
  const { name, email, role, language } = person;
  return { id: person.id, name, email, role, language, identity: resumed.identity, sessionId: id };
}

/** Lets in only who is signed in and may do this; for everybody else the page does not exist or asks to sign in. */
export function may(needs: Needs, permission: Permission) {
  return guard(permission, async (c, next) => {
    const writes = c.req.method === "POST";
    if (!writes && isAway(needs.cookies, c)) return leadTo(c, neutralPath(c));
    const who = account.find(c);
    // Whatever was sent, and even where it is no form, what has to be said is that the session is over.
    if (!who && writes) await readFields(c).catch(() => undefined);
    if (!who && writes) throw sessionOver();
    if (!who) return leadTo(c, "/staff");
    if (!mayDo(who.role, permission)) throw notFound();
    return next();
  });
}

/** Ends the session of this browser for somebody who leaves: the cookies with the answer, the row beside it. */
export async function forgetAccount({ db, cookies, now }: Needs, c: AppContext): Promise<void> {
  const id = cookies.read(c, SESSION_COOKIE);
  cookies.remove(c, SESSION_COOKIE);
  cookies.remove(c, KEY_COOKIE);
  if (id) await db.write((tx) => endSession(tx, id, "left", now()));
}
