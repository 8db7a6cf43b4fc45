import { setTimeout as pause } from "node:timers/promises";
import { recordAudit } from "#audit/index.ts";
import { CannotOpen } from "#platform/crypto/seal.ts";
import type { Platform } from "#platform/platform.ts";
import { endSession } from "./end-session.ts";
import { openByPassword, openByRecovery, openNothing } from "./person-key.ts";
import { findPersonByEmail, type Person, updateSignedIn } from "./person-store.ts";
import { tidyRecoveryCode } from "./recovery-code.ts";
import { beginSession, type SessionCookies, within } from "./sessions.ts";

type Needs = Pick<Platform, "db" | "secrets" | "lanes" | "now">;

const RECOVERY_CODE = /^(?:[0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}$/;
/** A refusal takes at least this long, whether or not such an account exists. */
const BAND_MS = 250;

/**
 * Opens a person's sealed identity with the password and begins a session.
 * An unknown e-mail costs as much time as a wrong password and has the same outcome.
 * @param earlier the session this browser held so far, which ends: its cookies are about to be overwritten
 */
export async function signIn(
  needs: Needs,
  { email, password }: { readonly email: string; readonly password: string },
  earlier: string | undefined,
): Promise<{ ok: true; cookies: SessionCookies; role: string } | { ok: false }> {
  const band = pause(BAND_MS);
  const person = await needs.db.read((reader) => findPersonByEmail(reader, email));
  const identity = person ? await tryPassword(needs, person, password) : await tryNobody(needs, password);
  if (!person || !identity) {
    await recordRefusal(needs, person?.id);
    await band;
    return { ok: false };
  }
  const cookies = await needs.db.write(async (tx) => {
    const at = needs.now();
    const subject = { kind: "person", id: person.id } as const;
    if (earlier) await endSession(tx, earlier, "replaced", at);
    await recordAudit(tx, { action: "account.signedIn", by: subject, subject, at });
    await updateSignedIn(tx, person.id, at);
    return beginSession(within(tx), person.id, identity, at);
  });
  return { ok: true, cookies, role: person.role };
}

/** The password opens the identity, and so does the recovery code typed in its place. */
async function tryPassword(needs: Needs, person: Person, typed: string): Promise<string | undefined> {
  const code = recoveryCodeIn(typed);
  const byPassword = await unlessWrong(openByPassword(needs, person, typed));
  return byPassword ?? (code === undefined ? undefined : unlessWrong(openByRecovery(needs, person, code)));
}

/** The same work for an e-mail that nobody has. */
async function tryNobody(needs: Needs, typed: string): Promise<undefined> {
  const code = recoveryCodeIn(typed);
  await openNothing(needs, typed);
  if (code !== undefined) await openNothing(needs, code);
}

function recoveryCodeIn(typed: string): string | undefined {
  const code = tidyRecoveryCode(typed);
  return RECOVERY_CODE.test(code) ? code : undefined;
}

async function unlessWrong(opening: Promise<string>): Promise<string | undefined> {
  try {
    return await opening;
  } catch (error) {
    if (error instanceof CannotOpen) return undefined;
    throw error;
  }
}

/** Only for accounts that exist: made-up e-mails would fill a log that nobody may delete from. */
async function recordRefusal({ db, now }: Needs, personId: string | undefined): Promise<void> {
  if (!personId) return;
  await db.write((tx) =>
    recordAudit(tx, {
      action: "account.signInRefused",
      by: { kind: "system" },
      subject: { kind: "person", id: personId },
      at: now(),
    }),
  );
}
