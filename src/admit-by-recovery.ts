import { admitByRecovery } from "#accounts/index.ts";
import { shareByRecovery } from "#casework/index.ts";
import { translator } from "#messages/messages.ts";
import { CannotOpen } from "#platform/crypto/seal.ts";
import type { Platform } from "#platform/platform.ts";
import { readRecoveryIdentity } from "./recovery-identity.ts";

const t = translator("en");

/** Takes what was typed behind the command; undefined where it is not one e-mail. */
export function admissionFrom(given: readonly string[]): string | undefined {
  const [email = "", ...more] = given;
  return /^\S+@\S+\.\S+$/.test(email) && more.length === 0 ? email : undefined;
}

/** Lets somebody in with the recovery identity, from a file or standard input. Returns the exit code. */
export async function admitByCommand(
  platform: Platform,
  email: string,
  identityFile: string | undefined,
): Promise<number> {
  const identity = await readRecoveryIdentity(identityFile);
  if (identity === undefined) return refuse(t("manage.admit.noIdentity"));
  try {
    const admissions = await admitByRecovery(platform, email, identity);
    if (!admissions) return refuse(t("manage.admit.nobody"));
    // Also where nobody waits: somebody may have lost the only key of a case while working on.
    const shared = await shareByRecovery(platform, email, identity);
    if (admissions.length === 0 && shared === 0) return refuse(t("manage.admit.nowhere"));
    for (const { desk, outcome } of admissions) {
      process.stdout.write(`${t.local(desk)}: ${t(outcome === "done" ? "manage.admit.done" : "manage.admit.noKey")}\n`);
    }
    if (shared > 0) process.stdout.write(`${t.count("manage.admit.shared", shared)}\n`);
    return admissions.every(({ outcome }) => outcome === "done") ? 0 : 1;
  } catch (error) {
    if (error instanceof CannotOpen) return refuse(t("manage.admit.wrong"));
    throw error;
  }
}

function refuse(sentence: string): number {
  process.stderr.write(`${sentence}\n`);
  return 1;
}
