import { existsSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { recordAudit } from "#audit/index.ts";
import { randomToken } from "#platform/crypto/derive.ts";
import type { Platform } from "#platform/platform.ts";
import { headerOf, markingKey } from "./part-format.ts";
import { PARTS, type Part } from "./schema.ts";
import { type Tally, writePart } from "./write-part.ts";

export type BackupNeeds = Pick<Platform, "db" | "secrets" | "now">;

export interface BackupOrder {
  /** Where the contents go; what opens them goes to the same name with `.holders` behind it. */
  readonly file: string;
  readonly recipient: string;
  readonly filesFolder: string;
}

export interface WrittenPart extends Tally {
  readonly part: Part;
  readonly file: string;
}

export type BackupOutcome =
  | { readonly outcome: "made"; readonly parts: readonly WrittenPart[] }
  | { readonly outcome: "taken"; readonly file: string };

export const partFile = (file: string, part: Part): string => (part === "contents" ? file : `${file}.holders`);

/**
 * Writes both parts of a backup from one moment of the store while the service goes on, and records it. A part gets its
 * name only when both are whole and on the disk, the contents last, so that a broken backup never looks like one.
 * @returns `taken` where one of the names is there already
 * @throws CannotWrite where the disk is full or the folder cannot be written to; nothing is left behind then
 */
export async function makeBackup({ db, secrets, now }: BackupNeeds, order: BackupOrder): Promise<BackupOutcome> {
  const taken = () => PARTS.map((part) => partFile(order.file, part)).find((file) => existsSync(file));
  const before = taken();
  if (before !== undefined) return { outcome: "taken", file: before };
  const [backup, madeAt, key] = [randomToken(), now(), markingKey(secrets)];
  const folder = dirname(order.file);
  const draftOf = (part: Part) => join(folder, `.${basename(partFile(order.file, part))}.${backup}.part`);
  const parts: WrittenPart[] = [];
  try {
    await db.snapshot(async (reader) => {
      for (const part of PARTS) {
        const filesFolder = part === "contents" ? order.filesFolder : undefined;
        const header = headerOf(part, backup, madeAt, key);
        const { recipient } = order;
        const tally = await writePart(reader, { path: draftOf(part), recipient, header, key, filesFolder });
        parts.push({ part, file: partFile(order.file, part), ...tally });
      }
    });
    const meanwhile = taken();
    if (meanwhile !== undefined) return { outcome: "taken", file: meanwhile };
    for (const { part, file } of [...parts].reverse()) await rename(draftOf(part), file);
    await syncFolder(folder);
  } finally {
    for (const part of PARTS) await rm(draftOf(part), { force: true });
  }
  const detail = Object.fromEntries(parts.map(({ part, rows }) => [part, rows]));
  const subject = { kind: "backup", id: backup } as const;
  await db.write((tx) =>
    recordAudit(tx, { action: "backup.made", by: { kind: "system" }, subject, at: now(), detail }),
  );
  return { outcome: "made", parts };
}

/** A new name is safe from a power cut only when its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
