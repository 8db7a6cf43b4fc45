import { existsSync } from "node:fs";
import { headFile, readHead, verifyAudit } from "#audit/index.ts";
import { loadCountry } from "#country/index.ts";
import { translator } from "#messages/messages.ts";
import { newKeyPair } from "#platform/crypto/seal.ts";
import type { Platform } from "#platform/platform.ts";
import { addPersonByCommand, personCommandFrom } from "./add-person.ts";
import { admissionFrom, admitByCommand } from "./admit-by-recovery.ts";
import { backUp, backupCommandFrom, verifyBackup } from "./back-up.ts";
import { type Config, loadConfig } from "./config.ts";
import { importCommandFrom, importFile } from "./import-file.ts";
import { restoreByCommand, restoreCommandFrom } from "./restore.ts";
import { openExisting, purge } from "./serve.ts";

const t = translator("en");

/** What an administrator runs beside the server. Returns the exit code. */
async function manage([command, ...given]: readonly string[]): Promise<number> {
  const person = command === "add-person" ? personCommandFrom(given) : undefined;
  if (person) return onStore((platform, config) => addPersonByCommand(platform, config.recoveryRecipient, person));
  const admitted = command === "admit-by-recovery" ? admissionFrom(given) : undefined;
  if (admitted) return onStore((platform, config) => admitByCommand(platform, admitted, config.recoveryIdentityFile));
  const backup = command === "backup" ? backupCommandFrom(given) : undefined;
  if (backup?.verify) return verifyBackup(loadConfig(process.env), backup.file);
  if (backup) return onStore((platform, config) => backUp(platform, config, backup.file));
  const restored = command === "restore" ? restoreCommandFrom(given) : undefined;
  if (restored) return restoreByCommand(loadConfig(process.env), restored);
  const importing = command === "import-institutions" ? importCommandFrom(given) : undefined;
  if (importing) return onStore((platform, { country }) => importFile(platform, loadCountry(country), importing));
  if (command === "new-recovery-key") return newRecoveryKey();
  if (command === "verify-audit") return onStore(checkAudit);
  if (command === "purge") return onStore(purgeNow);
  process.stderr.write(`${t("manage.usage")}\n`);
  return 2;
}

/** Prints the identity once and keeps nothing: whoever writes it down can open every desk. */
async function newRecoveryKey(): Promise<number> {
  const { identity, recipient } = await newKeyPair();
  process.stdout.write(`${t("manage.recoveryIdentity", { identity })}\n`);
  process.stdout.write(`RECOVERY_RECIPIENT=${recipient}\n`);
  return 0;
}

/** Runs work on the store that is there: a mistyped DATA_DIR must not look like a store that is in order. */
async function onStore(work: (platform: Platform, config: Config) => Promise<number>): Promise<number> {
  const config = loadConfig(process.env);
  const platform = await openExisting(config);
  if (platform === "no-store" || platform === "no-secrets") {
    const place = config.databaseUrl ? "DATABASE_URL" : config.databaseFile;
    const said =
      platform === "no-store" ? t("manage.noStore", { place }) : t("manage.noSecrets", { file: config.secretsFile });
    process.stderr.write(`${said}\n`);
    return 1;
  }
  try {
    return await work(platform, config);
  } finally {
    platform.mail?.close();
    await platform.db.close();
  }
}

async function checkAudit(platform: Platform, { secretsFile }: Config): Promise<number> {
  const file = headFile(secretsFile);
  const head = readHead(platform.secrets, file);
  const faults = await verifyAudit(platform, head, platform.now());
  const say = (text: string) => process.stdout.write(`${text}\n`);
  for (const { kind, position } of faults)
    say(kind === "waiting" ? t("manage.audit.waiting") : t("manage.auditFault", { kind, position }));
  if (!head) say(t(existsSync(file) ? "manage.audit.unreadable" : "manage.audit.unnoted", { file }));
  if (faults.length === 0) say(t("manage.auditHolds"));
  return faults.length === 0 ? 0 : 1;
}

async function purgeNow(platform: Platform): Promise<number> {
  await purge(platform);
  return 0;
}

process.exitCode = await manage(process.argv.slice(2));
