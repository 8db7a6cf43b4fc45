import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { CannotOpen, newKeyPair } from "#platform/crypto/seal.ts";
import { loadSecrets, parseSecrets } from "#platform/crypto/secrets.ts";
import { openSecretsCopy, secretsCopyOf, writeSecretsCopy } from "#platform/crypto/secrets-copy.ts";

let file: string;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cuvam-te-copy-"));
  file = join(folder, "secrets.json");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("the copy of the secrets opens with the recovery identity, and tells nothing without it", async () => {
  const secrets = await loadSecrets(file, true);
  const keys = await newKeyPair();
  expect(await openSecretsCopy(file, keys.identity)).toBeUndefined();
  expect(await writeSecretsCopy(file, keys.recipient)).toBe(true);
  expect(await parseSecrets((await openSecretsCopy(file, keys.identity)) ?? "")).toEqual(secrets);
  expect(readFileSync(secretsCopyOf(file)).includes(secrets.pepper.toString("base64"))).toBe(false);
  expect(readdirSync(folder).sort()).toEqual(["secrets.json", "secrets.json.age"]);
});

it("and is written anew, since it may have been sealed to an earlier recipient", async () => {
  await loadSecrets(file, true);
  const [earlier, keys] = [await newKeyPair(), await newKeyPair()];
  await writeSecretsCopy(file, earlier.recipient);
  await writeSecretsCopy(file, keys.recipient);
  await expect(openSecretsCopy(file, earlier.identity)).rejects.toThrow(CannotOpen);
  expect(await openSecretsCopy(file, keys.identity)).toBe(readFileSync(file, "utf8"));
});

it("and where it cannot be written nothing is left behind, and the caller is told", async () => {
  await loadSecrets(file, true);
  mkdirSync(secretsCopyOf(file));
  expect(await writeSecretsCopy(file, (await newKeyPair()).recipient)).toBe(false);
  expect(await writeSecretsCopy(file, `age1${"q".repeat(58)}`)).toBe(false);
  expect(readdirSync(folder).sort()).toEqual(["secrets.json", "secrets.json.age"]);
});
