import { randomBytes } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import { derive } from "./derive.ts";
import { type KeyPair, keyPairFrom, newKeyPair } from "./seal.ts";

const SecretsFile = z.object({
  version: z.literal(1),
  pepper: z.base64(),
  codeSalt: z.base64(),
  noticeSecret: z.base64(),
});

/** What must never lie in the database or a backup: without it neither a code nor a password can be guessed. */
export interface Secrets {
  readonly pepper: Buffer;
  /** One salt for all codes, since a code is also what a report is looked up by. */
  readonly codeSalt: Buffer;
  /** Opens notice addresses; the service itself holds it. */
  readonly notice: KeyPair;
}

/**
 * Reads the secrets file. Throws when it exists and cannot be read.
 * @param mayMake only for a service nobody uses yet: a new file would make every code and password useless
 */
export async function loadSecrets(file: string, mayMake: boolean): Promise<Secrets> {
  if (!existsSync(file)) {
    if (!mayMake) throw new Error("SECRETS_FILE is not there, and without the same file no code and no password works");
    makeSecrets(file);
  }
  return parseSecrets(readFileSync(file, "utf8"));
}

/** Takes what stands in a secrets file. Throws where it is none. */
export async function parseSecrets(content: string): Promise<Secrets> {
  const { pepper, codeSalt, noticeSecret } = SecretsFile.parse(JSON.parse(content));
  return {
    pepper: Buffer.from(pepper, "base64"),
    codeSalt: Buffer.from(codeSalt, "base64"),
    notice: await keyPairFrom(Buffer.from(noticeSecret, "base64")),
  };
}

/** Bytes that only whoever has everything in the secrets file can derive; `purpose` keeps uses apart. */
export function deriveFromAll({ pepper, codeSalt, notice }: Secrets, purpose: string, length?: number): Buffer {
  return derive(Buffer.concat([pepper, codeSalt, Buffer.from(notice.identity)]), purpose, length);
}

function makeSecrets(file: string): void {
  const random = () => randomBytes(32).toString("base64");
  const content = { version: 1, pepper: random(), codeSalt: random(), noticeSecret: random() };
  placeSecrets(file, `${JSON.stringify(content, null, 2)}\n`);
}

/**
 * Writes beside and links into place, so that two servers starting at once agree on one file; an older one stays.
 * @returns whether what was given lies there now
 */
export function placeSecrets(file: string, content: string): boolean {
  const draft = `${file}.${randomBytes(6).toString("hex")}`;
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(draft, content, { mode: 0o600 });
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return false;
  } finally {
    unlinkSync(draft);
  }
}

/** Secrets that live as long as the process, for tests and benchmarks. */
export async function passingSecrets(): Promise<Secrets> {
  return { pepper: randomBytes(32), codeSalt: randomBytes(32), notice: await newKeyPair() };
}
