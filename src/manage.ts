import { verifyAudit } from "#audit/index.ts";
import { translator } from "#messages/messages.ts";
import { newKeyPair } from "#platform/crypto/seal.ts";
import { loadConfig } from "./config.ts";
import { openPlatform, purge } from "./serve.ts";

const t = translator("en");

/** What an administrator runs beside the server. Returns the exit code. */
async function manage([command]: readonly string[]): Promise<number> {
  if (command === "new-recovery-key") return newRecoveryKey();
  if (command === "verify-audit") return checkAudit();
  if (command === "purge") return purgeNow();
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

async function checkAudit(): Promise<number> {
  const { db } = await openPlatform(loadConfig(process.env));
  const faults = await verifyAudit(db);
  for (const { kind, position } of faults) process.stdout.write(`${t("manage.auditFault", { kind, position })}\n`);
  if (faults.length === 0) process.stdout.write(`${t("manage.auditHolds")}\n`);
  await db.close();
  return faults.length === 0 ? 0 : 1;
}

async function purgeNow(): Promise<number> {
  const platform = await openPlatform(loadConfig(process.env));
  await purge(platform);
  await platform.db.close();
  return 0;
}

process.exitCode = await manage(process.argv.slice(2));
