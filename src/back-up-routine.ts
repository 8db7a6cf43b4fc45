import { findRecoveryRecipient } from "#accounts/index.ts";
import { type AuditAction, findLastTime, recordAudit } from "#audit/index.ts";
import { backUpNightly } from "#backup/index.ts";
import type { Country } from "#country/index.ts";
import { translator } from "#messages/messages.ts";
import { writeSecretsCopy } from "#platform/crypto/secrets-copy.ts";
import type { Routine } from "#platform/jobs/worker.ts";
import type { Platform } from "#platform/platform.ts";
import type { Config } from "./config.ts";

const TEN_MINUTES_MS = 600_000;

/** What looks for a missing backup; nothing where no folder is named. */
export function backupRoutines(platform: Platform, country: Country, config: Config): Routine[] {
  const { backupDir: folder } = config;
  if (!folder) return [];
  return [{ name: "backup", everyMs: TEN_MINUTES_MS, run: () => backUp(platform, country, { ...config, folder }) }];
}

type Order = Config & { readonly folder: string };

async function backUp(platform: Platform, country: Country, config: Order): Promise<void> {
  // Asked each time: an administrator may make the recovery key while the service runs.
  const recipient = await findRecoveryRecipient({ ...platform, ...config });
  const { folder, backupKeep: keep, filesFolder } = config;
  const order = { folder, keep, recipient, filesFolder };
  const { made, hasDayToCome } = await backUpNightly({ ...platform, country }, order).catch(async (error: unknown) => {
    await recordOnce(platform, "backup.failed");
    throw error;
  });
  if (hasDayToCome) await recordOnce(platform, "backup.dayToCome");
  if (made && recipient !== undefined) await copySecrets(platform, config, recipient);
}

/** Writes the copy of the secrets that the recovery identity opens, and warns where it cannot be written. */
export async function copySecrets({ log }: Platform, { secretsFile }: Config, recipient: string): Promise<void> {
  if (!(await writeSecretsCopy(secretsFile, recipient))) log.warn({}, translator("en")("manage.noSecretsCopy"));
}

const ONCE_MS = 20 * 3_600_000;

/** Records once a night what is wrong, so that whoever looks after the service sees it on a page. */
async function recordOnce(
  { db, now }: Platform,
  action: Extract<AuditAction, "backup.failed" | "backup.dayToCome">,
): Promise<void> {
  const at = now();
  await db.write(async (tx) => {
    const last = await findLastTime(tx, action);
    if (last !== undefined && at - last < ONCE_MS) return;
    const subject = { kind: "backup", id: undefined } as const;
    await recordAudit(tx, { action, by: { kind: "system" }, subject, at });
  });
}
