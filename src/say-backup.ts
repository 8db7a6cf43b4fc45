import { existsSync } from "node:fs";
import { BackupFault, partFile } from "#backup/index.ts";
import { translator } from "#messages/messages.ts";
import { schemaLevel } from "#platform/db/migrate.ts";
import type { Config } from "./config.ts";

const t = translator("en");

export const say = (line: string) => void process.stdout.write(`${line}\n`);

/** Says why nothing happened and returns the exit code. */
export function refuse(...lines: readonly string[]): number {
  process.stderr.write(`${lines.join("\n")}\n`);
  return 1;
}

/** The parts of a backup that lie at a name: the named one, and what opens it where that lies beside it. */
export function partsAt(file: string): readonly string[] {
  const holders = partFile(file, "holders");
  return existsSync(holders) ? [file, holders] : [file];
}

/** When a backup was made, to the minute, in UTC. */
export const sayMoment = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`;

/** What a fault of a file is called. Throws every other error on. */
export function sayFault(error: unknown, file: string, { secretsFile }: Config): string {
  if (!(error instanceof BackupFault)) throw error;
  const values = { file, secrets: secretsFile, level: error.level, ours: schemaLevel() };
  return t(`manage.backup.fault.${error.kind}`, values);
}
