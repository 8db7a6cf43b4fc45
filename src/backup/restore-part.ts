import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { findLastTime, recordAudit } from "#audit/index.ts";
import { randomToken } from "#platform/crypto/derive.ts";
import type { Reader, Writer } from "#platform/db/database.ts";
import { StorageError } from "#platform/db/errors.ts";
import { letOthersIn } from "#platform/jobs/in-turns.ts";
import type { Platform } from "#platform/platform.ts";
import { BackupFault } from "./backup-fault.ts";
import { checkLevel, knownTable } from "./check-part.ts";
import { findRestoredContents, listFitting } from "./fitting-store.ts";
import { listFiles } from "./list-files.ts";
import { type PartHeader, tablesOf } from "./part-format.ts";
import { type PartPlace, readPart } from "./read-part.ts";
import { hasRows, insertRows } from "./row-store.ts";
import { type Kept, type Part, TABLES } from "./schema.ts";
import { unpackRow } from "./values.ts";
import { type FileWriting, newFileWriting } from "./write-file.ts";

export interface RestoreOrder extends PartPlace {
  readonly key: Buffer;
  readonly dataDir: string;
  /** Takes what opens reports also where it is of another backup than the contents. */
  readonly partsDiffer: boolean;
}

/**
 * What keeps a part from being taken: something is there already; what opens reports is of no use before the reports are
 * there; and of another backup than these it may open what was kept from somebody in between.
 */
export type Hindrance = "notEmpty" | "noContents" | "otherBackup";

export type RestoreOutcome =
  | {
      readonly outcome: "restored";
      readonly part: Part;
      readonly rows: number;
      readonly leftOut: number;
      /** It is of another backup than the contents. */
      readonly apart: boolean;
    }
  | { readonly outcome: Hindrance };

/** In one piece of an insert; a statement takes 32,766 values on SQLite. */
const VALUES_AT_ONCE = 20_000;

/**
 * Takes one part into the store, all of it or nothing. The contents need a store without a single row, the holders one
 * with contents and without holders; of holders of another backup than the contents only those rows come that fit them.
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
      const taking = newTaking(tx, draft, { files, partsDiffer: order.partsDiffer });
      const { header, rows, files: count } = await readPart(order, taking);
      await taking.files.end();
      const { part, backup: id, madeAt } = header;
      const leftOut = taking.leftOut();
      const subject = { kind: "backup", id } as const;
      const detail = { part, rows: rows - leftOut, leftOut, madeAt };
      // Behind every earlier one that came along, whatever clock it was written by: the last says what contents are here.
      const at = Math.max(now(), ((await findLastTime(tx, "backup.restored")) ?? 0) + 1);
      await recordAudit(tx, { action: "backup.restored", by: { kind: "system" }, subject, at, detail });
      if (count > 0) {
        await rename(draft, files);
        placed = true;
      }
      return { outcome: "restored", part, rows: rows - leftOut, leftOut, apart: taking.apart() };
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
  readonly outcome: Hindrance;
  constructor(outcome: Hindrance) {
    super(outcome);
    this.name = "Refused";
    this.outcome = outcome;
  }
}

/** PostgreSQL ends a transaction that asks nothing for fifteen seconds, and files may take longer. */
const ASK_AGAIN_MS = 5000;

/** What becomes of a part's lines inside the transaction. */
function newTaking(tx: Writer, draft: string, into: Into) {
  const files: FileWriting = newFileWriting(draft);
  let leftOut = 0;
  let apart = false;
  let asked = performance.now();
  return {
    files,
    leftOut: () => leftOut,
    apart: () => apart,
    async header(header: PartHeader) {
      checkLevel(header);
      const why = await whyNot(tx, header, into);
      if (why) throw new Refused(why);
      apart = header.part === "holders" && header.backup !== (await findRestoredContents(tx));
    },
    async rows(table: string, lines: readonly (readonly unknown[])[]) {
      const { kept, columns } = knownTable(table);
      const rows = lines.map((values) => unpackRow(columns, values));
      const wanted = apart ? await listFitting(tx, kept.table, rows) : rows;
      leftOut += rows.length - wanted.length;
      const size = Math.floor(VALUES_AT_ONCE / columns.length);
      for (let at = 0; at < wanted.length; at += size) await insertRows(tx, kept.table, wanted.slice(at, at + size));
      await letOthersIn();
    },
    async piece(piece: Parameters<FileWriting["take"]>[0]) {
      await files.take(piece);
      if (performance.now() - asked < ASK_AGAIN_MS) return;
      await findRestoredContents(tx);
      asked = performance.now();
    },
  };
}

/** Where a part goes, besides the store: the folder of files. */
interface Into extends Pick<RestoreOrder, "partsDiffer"> {
  readonly files: string;
}

/**
 * What keeps a part from being taken into a store as it is; undefined where nothing does.
 * @param reader undefined where no store is at all
 */
export async function whyNot(
  reader: Reader | undefined,
  { part, backup }: Pick<PartHeader, "part" | "backup">,
  { files, partsDiffer }: Into,
): Promise<Hindrance | undefined> {
  const anyRow = async (tables: readonly Kept[]) => {
    for (const { table } of reader ? tables : []) if (reader && (await hasRows(reader, table))) return true;
    return false;
  };
  if (part === "contents") {
    for await (const _ of listFiles(files)) return "notEmpty";
    return (await anyRow(TABLES)) ? "notEmpty" : undefined;
  }
  if (await anyRow(tablesOf("holders"))) return "notEmpty";
  if (!reader || !(await anyRow(tablesOf("contents")))) return "noContents";
  return partsDiffer || (await findRestoredContents(reader)) === backup ? undefined : "otherBackup";
}
