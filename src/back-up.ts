import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { findRecoveryRecipient } from "#accounts/index.ts";
import { CannotWrite, checkPart, makeBackup, markingKey, partFile, type ReadPart } from "#backup/index.ts";
import { translator } from "#messages/messages.ts";
import { loadSecrets } from "#platform/crypto/secrets.ts";
import { secretsCopyOf, writeSecretsCopy } from "#platform/crypto/secrets-copy.ts";
import { secretsMark } from "#platform/crypto/secrets-mark.ts";
import { schemaLevel } from "#platform/db/migrate.ts";
import type { Platform } from "#platform/platform.ts";
import type { Config } from "./config.ts";
import { readRecoveryIdentity } from "./recovery-identity.ts";
import { partsAt, refuse, say, sayFault, sayMoment } from "./say-backup.ts";

const t = translator("en");

export interface BackupCommand {
  readonly file: string;
  readonly verify: boolean;
}

/** Takes what was typed behind the command; undefined where it names no file, several, or something unknown. */
export function backupCommandFrom(given: readonly string[]): BackupCommand | undefined {
  const [file, ...more] = given.filter((each) => each !== "--verify");
  if (!file || file.startsWith("-") || more.length > 0) return undefined;
  return { file: resolve(file), verify: given.includes("--verify") };
}

/** Writes a backup and says what has to be kept apart from it. Returns the exit code. */
export async function backUp(platform: Platform, config: Config, file: string): Promise<number> {
  const { filesFolder, secretsFile } = config;
  const recipient = await findRecoveryRecipient({ ...platform, ...config });
  if (!recipient) return refuse(t("manage.backup.noRecipient"));
  const made = await makeBackup(platform, { file, recipient, filesFolder }).catch((error: unknown) => {
    if (error instanceof CannotWrite) return { outcome: "notWritten", reason: error.reason } as const;
    throw error;
  });
  if (made.outcome === "taken") return refuse(t("manage.backup.taken", { file: made.file }));
  if (made.outcome === "notWritten") return refuse(t("manage.backup.notWritten", { file, reason: made.reason }));
  for (const part of made.parts) {
    const { rows, files } = part;
    say(t(`manage.backup.made.${part.part}`, { file: part.file, rows, files }));
  }
  say(t("manage.backup.keepApart"));
  const copied = await writeSecretsCopy(secretsFile, recipient);
  const copy = secretsCopyOf(secretsFile);
  say(
    copied
      ? t("manage.backup.secretsAndCopy", { file: secretsFile, copy })
      : t("manage.backup.secretsAlone", { file: secretsFile }),
  );
  say(t("manage.backup.mark", { mark: secretsMark(platform.secrets) }));
  return 0;
}

/** Reads a whole backup with the recovery identity, and says what holds and what was not looked at. Returns the exit code. */
export async function verifyBackup(config: Config, file: string): Promise<number> {
  const identity = await readRecoveryIdentity(config.recoveryIdentityFile);
  if (identity === undefined) return refuse(t("manage.admit.noIdentity"));
  const { secretsFile } = config;
  const secrets = existsSync(secretsFile) ? await loadSecrets(secretsFile, false) : undefined;
  const key = secrets && markingKey(secrets);
  const read: ReadPart[] = [];
  for (const each of partsAt(file)) {
    try {
      const part = await checkPart({ file: each, identity, key });
      sayWhole(each, part);
      read.push(part);
    } catch (error) {
      return refuse(sayFault(error, each, config));
    }
  }
  if (key) say(t("manage.backup.secretsFit", { file: secretsFile }));
  say(t("manage.backup.auditLater"));
  const [first, second] = read;
  if (second && first?.header.backup !== second.header.backup) say(t("manage.backup.apart"));
  if (!second && first?.header.part === "contents")
    say(t("manage.backup.withoutHolders", { file: partFile(file, "holders") }));
  // Whoever knows the recipient can make a backup that is whole: without the secrets nothing shows whose it is.
  if (!secrets) return refuse(t("manage.backup.secretsUnknown", { file: secretsFile }));
  say(t("manage.backup.mark", { mark: secretsMark(secrets) }));
  return 0;
}

function sayWhole(file: string, { header: { part, madeAt, level }, rows, files }: ReadPart): void {
  say(t("manage.backup.whole", { file, part, made: sayMoment(madeAt), rows, files }));
  say(t("manage.backup.checked"));
  const ours = schemaLevel();
  say(level === ours ? t("manage.backup.fitsSchema", { level }) : t("manage.backup.otherSchema", { level, ours }));
}
