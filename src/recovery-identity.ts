import { readFile } from "node:fs/promises";
import { translator } from "#messages/messages.ts";

const t = translator("en");
/** How an age identity is written, among whatever stands around it. */
const IDENTITY = /AGE-SECRET-KEY-1[0-9A-Z]+(?=\s|$)/;

/**
 * Takes the recovery identity from a file or from standard input: as an argument it would stand in the machine's list of
 * processes. A terminal is asked for it, and a line is enough.
 * @returns undefined where none was given or the file cannot be read
 */
export async function readRecoveryIdentity(file: string | undefined): Promise<string | undefined> {
  if (file !== undefined) return IDENTITY.exec(await readFile(file, "utf8").catch(() => ""))?.[0];
  if (process.stdin.isTTY) process.stderr.write(`${t("manage.askIdentity")}\n`);
  let typed = "";
  for await (const chunk of process.stdin) {
    typed += String(chunk);
    if (process.stdin.isTTY && typed.includes("\n")) break;
  }
  return IDENTITY.exec(typed)?.[0];
}
