import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from "node:fs";
import { z } from "zod";
import { isMarked, markOf } from "#platform/crypto/mark.ts";
import type { Secrets } from "#platform/crypto/secrets.ts";
import type { Reader } from "#platform/db/database.ts";
import { type ChainNeeds, hashUnder, START } from "./chain.ts";
import { findLink } from "./store.ts";
import { walkLinks } from "./walk-links.ts";

/** The end of the chain at some moment. Whoever writes the database can cut the chain, but not unwrite what lies elsewhere. */
export interface ChainHead {
  readonly position: number;
  readonly hash: string;
}

type Pepper = Pick<Secrets, "pepper">;

const kept = z.object({ position: z.number().int().positive(), hash: z.string(), mark: z.string() });

/** Beside the secrets, which lie outside the database and its folder. */
export const headFile = (secretsFile: string): string => `${secretsFile}.audit-head`;

/** Reads what was noted; undefined where nothing is, or where it is not this service's. */
export function readHead(secrets: Pepper, file: string): ChainHead | undefined {
  if (!existsSync(file)) return undefined;
  const noted = kept.safeParse(readJson(file));
  if (!noted.success) return undefined;
  const { position, hash, mark } = noted.data;
  return isMarked(secrets, "audit head", mark, String(position), hash) ? { position, hash } : undefined;
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

/**
 * Notes the end of the chain outside the database. Only what fits from the noted link on is noted: one that somebody
 * put there has no hash that fits. What was noted before and is not in the chain any more stays noted, so that whoever
 * looks finds it.
 * @returns `cut` where the chain does not go on from what was noted, `unreadable` where the note is not this service's
 */
export async function keepHead(needs: ChainNeeds, file: string): Promise<"kept" | "cut" | "unreadable"> {
  const before = readHead(needs.secrets, file);
  if (!before && existsSync(file)) return "unreadable";
  if (before && !(await needs.db.read((reader) => fitsHead(reader, before)))) return "cut";
  const { end, whole } = await walkFrom(needs, before ?? { position: 0, hash: START });
  if (end.position > (before?.position ?? 0)) note(needs.secrets, file, end);
  return whole ? "kept" : "cut";
}

/** The last link that follows from one by hashes that fit, and whether none stands behind it. */
async function walkFrom({ db, secrets }: ChainNeeds, from: ChainHead): Promise<{ end: ChainHead; whole: boolean }> {
  const hashOf = hashUnder(secrets);
  let end = from;
  for await (const { link, entry } of walkLinks(db, from.position)) {
    const follows = link.position === end.position + 1 && entry && hashOf(end.hash, entry) === link.hash;
    if (!follows) return { end, whole: false };
    end = { position: link.position, hash: link.hash };
  }
  return { end, whole: true };
}

/** Written aside and moved, so that a power cut leaves the note before or this one. */
function note(secrets: Pepper, file: string, { position, hash }: ChainHead): void {
  const mark = markOf(secrets, "audit head", String(position), hash);
  const made = openSync(`${file}.new`, "w", 0o600);
  try {
    writeSync(made, JSON.stringify({ position, hash, mark }));
    fsyncSync(made);
  } finally {
    closeSync(made);
  }
  renameSync(`${file}.new`, file);
}

/** Whether the chain still has the link that was noted. */
export async function fitsHead(reader: Reader, { position, hash }: ChainHead): Promise<boolean> {
  return (await findLink(reader, position))?.hash === hash;
}

/** Forgets what was noted of another store: one that was restored ends where its backup was made. */
export function forgetHead(file: string): void {
  rmSync(file, { force: true });
}
