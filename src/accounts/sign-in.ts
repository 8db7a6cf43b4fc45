import { setTimeout as pause } from "node:timers/promises";
import { recordAudit } from "#audit/index.ts";
import { CannotOpen } from "#platform/crypto/seal.ts";
import type { Platform } from "#platform/platform.ts";
import { endSession } from "./end-session.ts";
import { openByPassword, openNothing } from "./person-key.ts";
import { type Person, updateSignedIn } from "./person-store.ts";
import { recordRefusal } from "./record-refusal.ts";
import { isRole, needsSecondFactor } from "./roles.ts";
import { beginSession, type SessionCookies, within } from "./sessions.ts";

export interface SignInNeeds extends Pick<Platform, "db" | "secrets" | "lanes" | "now"> {
  /** The demonstration asks nobody for a second factor who has not set one up. */
  readonly secondFactor: "required" | "offered";
}

/** A refusal takes at least this long, whether or not such an account exists. */
const BAND_MS = 250;

export type SignInOutcome =
  | {
      readonly ok: true;
      readonly cookies: SessionCookies;
      readonly person: Person;
      readonly identity: string;
      readonly half: boolean;
    }
  | { readonly ok: false };

/**
 * Opens a person's sealed identity with the password and begins a session, a half one where a second factor is missing.
 * Where nobody has the e-mail it costs as much time as a wrong password and has the same outcome.
 * @param person who has the e-mail that was typed, or undefined
 * @param earlier the session this browser held so far, which ends: its cookies are about to be overwritten
 */
export async function signIn(
  needs: SignInNeeds,
  { person, password }: { readonly person: Person | undefined; readonly password: string },
  earlier: string | undefined,
): Promise<SignInOutcome> {
  const band = pause(BAND_MS);
  const identity = person ? await tryPassword(needs, person, password) : await openNothing(needs, password);
  if (!person || !identity) {
    await recordRefusal(needs, person?.id, "password");
    await band;
    return { ok: false };
  }
  const half = asksMore(needs, person);
  const cookies = await needs.db.write(async (tx) => {
    const now = needs.now();
    const subject = { kind: "person", id: person.id } as const;
    if (earlier) await endSession(tx, earlier, "replaced", now);
    if (half) await recordAudit(tx, { action: "account.passwordTaken", by: subject, subject, at: now });
    else {
      await recordAudit(tx, { action: "account.signedIn", by: subject, subject, at: now });
      await updateSignedIn(tx, person.id, now);
    }
    return beginSession(within(tx), { personId: person.id, identity, now, half });
  });
  return { ok: true, cookies, person, identity, half };
}

/** Whether a right password is not enough: where somebody has a second factor, or must have one. */
function asksMore({ secondFactor }: SignInNeeds, { sealedTotp, role }: Person): boolean {
  return sealedTotp !== null || (secondFactor === "required" && isRole(role) && needsSecondFactor(role));
}

async function tryPassword(needs: SignInNeeds, person: Person, password: string): Promise<string | undefined> {
  try {
    return await openByPassword(needs, person, password);
  } catch (error) {
    if (error instanceof CannotOpen) return undefined;
    throw error;
  }
}
