import { randomBytes } from "node:crypto";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { open, seal } from "./seal.ts";

/** Where the copy lies that the recovery identity opens. */
export const secretsCopyOf = (file: string): string => `${file}.age`;

/**
 * Writes beside the secrets file a copy sealed to the recovery recipient, so that a restore works where the file itself
 * was lost. It is written anew each time, since nobody can see in it to whom an older one was sealed.
 * @returns false where it could not be written, as in a folder that may only be read
 */
export async function writeSecretsCopy(file: string, recipient: string): Promise<boolean> {
  const draft = `${file}.${randomBytes(6).toString("hex")}`;
  try {
    await writeFile(draft, await seal(recipient, await readFile(file)), { mode: 0o600 });
    await rename(draft, secretsCopyOf(file));
    return true;
  } catch {
    await rm(draft, { force: true }).catch(() => undefined);
    return false;
  }
}

/**
 * Opens the copy of a secrets file.
 * @returns what stood in the file, undefined where there is no copy
 * @throws CannotOpen where the identity is not the one to which it was sealed
 */
export async function openSecretsCopy(file: string, identity: string): Promise<string | undefined> {
  const sealed = await readFile(secretsCopyOf(file)).catch(() => undefined);
  return sealed && (await open(identity, sealed)).toString("utf8");
}
