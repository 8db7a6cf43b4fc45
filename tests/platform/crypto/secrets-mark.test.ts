import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { newKeyPair } from "#platform/crypto/seal.ts";
import { passingSecrets } from "#platform/crypto/secrets.ts";
import { isMarkOf, secretsMark } from "#platform/crypto/secrets-mark.ts";

it("the mark of secrets is short, always the same, and another where any of them is another", async () => {
  const secrets = await passingSecrets();
  const mark = secretsMark(secrets);
  expect(mark).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/);
  expect(secretsMark({ ...secrets })).toBe(mark);
  const others = [{ pepper: randomBytes(32) }, { codeSalt: randomBytes(32) }, { notice: await newKeyPair() }];
  for (const other of others) expect(isMarkOf({ ...secrets, ...other }, mark)).toBe(false);
});

it("is taken as people write it, and never in part", async () => {
  const secrets = await passingSecrets();
  const mark = secretsMark(secrets);
  const written = mark.toLowerCase().replaceAll("-", " ").replaceAll("0", "o").replaceAll("1", "l");
  for (const typed of [mark, written]) expect(isMarkOf(secrets, typed)).toBe(true);
  for (const typed of ["", mark.slice(0, -1), `${mark}0`, mark.slice(5)]) expect(isMarkOf(secrets, typed)).toBe(false);
});
