import { readFileSync, writeFileSync } from "node:fs";
import { gunzipSync, gzipSync } from "node:zlib";
import { markingKey } from "#backup/index.ts";
import { digest, keyedDigest } from "#platform/crypto/derive.ts";
import { open, seal } from "#platform/crypto/seal.ts";
import type { Secrets } from "#platform/crypto/secrets.ts";
import { RECOVERY_KEYS } from "../support/app.ts";

/** The lines of a part. */
export async function linesIn(file: string): Promise<string[]> {
  return gunzipSync(await open(RECOVERY_KEYS.identity, readFileSync(file)))
    .toString()
    .trimEnd()
    .split("\n");
}

/** Changes the lines of a part and seals them again into another file, as somebody could who knows the recipient. */
export async function reseal(from: string, to: string, change: (lines: string[]) => string[]): Promise<string> {
  const text = change(await linesIn(from)).map((line) => `${line}\n`);
  writeFileSync(to, await seal(RECOVERY_KEYS.recipient, gzipSync(text.join(""))));
  return to;
}

/** An ending that fits the lines before it, marked with a service's own key: nothing is wrong with it but them. */
export function withEnding(lines: readonly string[], secrets: Secrets): string[] {
  const before = lines.slice(0, -1);
  const { end } = JSON.parse(lines.at(-1) ?? "") as { end: object };
  const sha256 = digest(before.map((line) => `${line}\n`).join(""));
  const rows = before.filter((line) => line.startsWith("[")).length;
  return [...before, JSON.stringify({ end: { ...end, rows, sha256, mark: keyedDigest(markingKey(secrets), sha256) } })];
}
