import { recordAudit } from "#audit/index.ts";
import type { Platform } from "#platform/platform.ts";

/** What was shown and was not right. */
export type Refused = "password" | "secondFactor" | "recoveryCode" | "confirmation" | "former";

/** Records that somebody was refused. Only for accounts that exist: made-up e-mails would fill a log that nobody may delete from. */
export async function recordRefusal(
  { db, now }: Pick<Platform, "db" | "now">,
  personId: string | undefined,
  what: Refused,
): Promise<void> {
  if (!personId) return;
  const subject = { kind: "person", id: personId } as const;
  await db.write((tx) =>
    recordAudit(tx, {
      ...{ action: "account.signInRefused", by: { kind: "system" }, subject, at: now() },
      detail: { what },
    }),
  );
}
