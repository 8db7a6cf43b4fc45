import { digest, randomToken } from "#platform/crypto/derive.ts";
import type { AppContext } from "#platform/http/app.ts";
import { closesSoon } from "#platform/http/school-computer.ts";
import type { Platform } from "#platform/platform.ts";
import type { Account } from "./account.ts";
import { isKnownDevice, upsertKnownDevice } from "./device-store.ts";
import type { Person } from "./person-store.ts";
import type { TriesKey } from "./tries.ts";

const COOKIE = "d";
const DAYS = 90;
const DAY_S = 86_400;

type Needs = Pick<Platform, "db" | "cookies" | "now">;

/**
 * Whose tries these are: a browser in which this person has signed in before counts its own, so that a stranger who
 * guesses elsewhere uses up nothing of hers.
 * @returns by what they are counted, which stays in memory
 */
export async function triesKey(
  { db, cookies, now }: Needs,
  c: AppContext,
  { email, person }: { readonly email: string; readonly person: Pick<Person, "id"> | undefined },
): Promise<TriesKey> {
  const token = cookies.read(c, COOKIE);
  if (!person) return { key: email, exists: false };
  const account = { key: `account ${person.id}`, exists: true };
  if (!token) return account;
  const tokenHash = digest(token);
  const known = await db.read((reader) => isKnownDevice(reader, { tokenHash, personId: person.id, now: now() }));
  return known ? { key: `device ${tokenHash} ${person.id}`, exists: true } : account;
}

/**
 * Whose tries these are once somebody is signed in: nobody without this session spends them, whatever a stranger who
 * knows the e-mail does, and whether or not this browser is remembered.
 */
export function sessionTriesKey({ sessionId }: Pick<Account, "sessionId">): TriesKey {
  return { key: `session ${digest(sessionId)}`, exists: true };
}

/** Remembers this browser for somebody who has just shown everything that is asked; a shared one belongs to nobody. */
export async function rememberDevice({ db, cookies, now }: Needs, c: AppContext, personId: string): Promise<void> {
  if (closesSoon(c)) return;
  const token = cookies.read(c, COOKIE) ?? randomToken(24);
  const until = now() + DAYS * DAY_S * 1000;
  await db.write((tx) => upsertKnownDevice(tx, { tokenHash: digest(token), personId, until }));
  cookies.write(c, COOKIE, token, DAYS * DAY_S);
}
