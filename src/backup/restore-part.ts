import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { recordAudit } from "#audit/index.ts";
import { randomToken } from "#platform/crypto/derive.ts";
import type { Reader, Writer } from "#platform/db/database.ts";
import { StorageError } from "#platform/db/errors.ts";
import { letOthersIn } from "#platform/jobs/in-turns.ts";
import type { Platform } from "#platform/platform.ts";
import { BackupFault } from "./backup-fault.ts";
import { checkLevel, knownTable } from "./check-part.ts";
import { listFiles } from "./list-files.ts";
import { tablesOf } from "./part-format.ts";
import { type PartPlace, readPart } from "./read-part.ts";
import { hasRows, insertRows, listPresent, type Row } from "./row-store.ts";
import { type Kept, type Part, TABLES } from "./schema.ts";
import { unpackRow } from "./values.ts";
import { type FileWriting, newFileWriting } from "./write-file.ts";

export interface RestoreOrder extends PartPlace {
  readonly key: Buffer;
  readonly dataDir: string;
}

export type RestoreOutcome =
  | { readonly outcome: "restored"; readonly part: Part; readonly rows: number; readonly leftOut: number }
  /** Something is there already. */
  | { readonly outcome: "notEmpty" }
  /** What opens reports is of no use before the reports are there. */
  | { readonly outcome: "noContents" };

/** In one piece of an insert; a statement takes 32,766 values on SQLite. */
const VALUES_AT_ONCE = 20_000;

/**
 * Takes one part into the store, all of it or nothing. The contents need a store without a single row, the holders one
 * with contents and without holders; rows that open what is not there are left out.
 * @throws BackupFault where the part cannot be read, is not whole or is of another level; nothing is written then
 */
export async function restorePart(
  { db, now }: Pick<Platform, "db" | "now">,
  order: RestoreOrder,
): Promise<RestoreOutcome> {
  const [files, draft] = [join(order.dataDir, "files"), join(order.dataDir, `.files.${randomToken()}`)];
  let placed = false;
  try {
    // The one long transaction of the service: nobody works on a store that is only being filled.
    return await db.write(async (tx) => {
      for (const left of placed ? [draft, files] : [draft]) await rm(left, { recursive: true, force: true });
      placed = false;
      const taking = newTaking(tx, draft, files);
      const { header, rows, files: count } = await readPart(order, taking);
      await taking.files.end();
      const { part, backup: id, madeAt } = header;
      const leftOut = taking.leftOut();
      const subject = { kind: "backup", id } as const;
      const detail = { part, rows: rows - leftOut, leftOut, madeAt };
      await recordAudit(tx, { action: "backup.restored", by: { kind: "system" }, subject, at: now(), detail });
      if (count > 0) {
        await rename(draft, files);
        placed = true;
      }
      return { outcome: "restored", part, rows: rows - leftOut, leftOut };
    });
  } catch (error) {
    if (error instanceof Refused) return { outcome: error.outcome };
    if (placed) await rm(files, { recursive: true, force: true });
    // Rows that the store itself refuses were not written by the service.
    if (error instanceof StorageError && /^(unique|reference)$/.test(error.fault)) throw new BackupFault("unfit");
    throw error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** Ends the transaction at once where the store is not one for this part. */
class Refused extends Error {
  readonly outcome: "notEmpty" | "noContents";
  constructor(outcome: Refused["outcome"]) {
    super(outcome);
    this.name = "Refused";
    this.outcome = outcome;
  }
}

/** PostgreSQL ends a transaction that asks nothing for fifteen seconds, and files may take longer. */
const ASK_AGAIN_MS = 5000;

/** What becomes of a part's lines inside the transaction. */
function newTaking(tx: Writer, draft: string, folder: string) {
  const files: FileWriting = newFileWriting(draft);
  let leftOut = 0;
  let asked = performance.now();
  return {
    files,
    leftOut: () => leftOut,
    async header(header: Parameters<typeof checkLevel>[0]) {
      checkLevel(header);
      const why = await whyNot(tx, header.part, folder);
      if (why) throw new Refused(why);
    },
    async rows(table: string, lines: readonly (readonly unknown[])[]) {
      const { kept, columns } = knownTable(table);
      const rows = lines.map((values) => unpackRow(columns, values));
      const wanted = await withoutOrphans(tx, kept, rows);
      leftOut += rows.length - wanted.length;
      const size = Math.floor(VALUES_AT_ONCE / columns.length);
      for (let at = 0; at < wanted.length; at += size) await insertRows(tx, kept.table, wanted.slice(at, at + size));
      await letOthersIn();
    },
    async piece(piece: Parameters<FileWriting["take"]>[0]) {
      await files.take(piece);
      if (performance.now() - asked < ASK_AGAIN_MS) return;
      await whyNot(tx, "holders", folder);
      asked = performance.now();
    },
  };
}

/**
 * Why a part must not be taken into a store as it is; undefined where it may.
 * @param reader undefined where no store is at all
 */
export async function whyNot(
  reader: Reader | undefined,
  part: Part,
  files: string,
): Promise<"notEmpty" | "noContents" | undefined> {
  const anyRow = async (tables: readonly Kept[]) => {
    for (const { table } of reader ? tables : []) if (reader && (await hasRows(reader, table))) return true;
    return false;
  };
  if (part === "contents") {
    for await (const _ of listFiles(files)) return "notEmpty";
    return (await anyRow(TABLES)) ? "notEmpty" : undefined;
  }
  if (await anyRow(tablesOf("holders"))) return "notEmpty";
  return (await anyRow(tablesOf("contents"))) ? undefined : "noContents";
}

async function withoutOrphans(tx: Writer, kept: Kept, rows: readonly Row[]): Promise<readonly Row[]> {
  if (kept.part !== "holders") return rows;
  const { of, by } = kept;
  const present = await listPresent(
    tx,
    of,
    rows.map((row) => String(row[by])),
  );
  return rows.filter((row) => present.has(row[by]));
}
