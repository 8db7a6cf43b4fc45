import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { isMarked, markOf } from "#platform/crypto/mark.ts";
import type { Secrets } from "#platform/crypto/secrets.ts";
import type { Database, Reader } from "#platform/db/database.ts";
import { findLink, lastLink } from "./store.ts";

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
 * Notes the end of the chain outside the database. What was noted before and is not in the chain any more stays noted,
 * so that whoever looks finds it.
 * @returns false where it is not there any more
 */
export async function keepHead(
  { db, secrets }: { readonly db: Database; readonly secrets: Pepper },
  file: string,
): Promise<boolean> {
  const before = readHead(secrets, file);
  const { fits, last } = await db.read(async (reader) => ({
    fits: !before || (await fitsHead(reader, before)),
    last: await lastLink(reader),
  }));
  if (!fits) return false;
  if (!last || last.position === before?.position) return true;
  const { position, hash } = last;
  const mark = markOf(secrets, "audit head", String(position), hash);
  writeFileSync(`${file}.new`, JSON.stringify({ position, hash, mark }), { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return true;
}

/** Whether the chain still has the link that was noted. */
export async function fitsHead(reader: Reader, { position, hash }: ChainHead): Promise<boolean> {
  return (await findLink(reader, position))?.hash === hash;
}

/** Forgets what was noted of another store: one that was restored ends where its backup was made. */
export function forgetHead(file: string): void {
  rmSync(file, { force: true });
}
