import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { keyedDigest } from "#platform/crypto/derive.ts";
import { sealPieces } from "#platform/crypto/seal-stream.ts";
import type { Reader } from "#platform/db/database.ts";
import { asCannotWrite } from "./backup-fault.ts";
import { listFiles } from "./list-files.ts";
import { type FilePiece, type PartHeader, tablesOf } from "./part-format.ts";
import { columnsOf, readRows, tableName } from "./row-store.ts";
import { packRow } from "./values.ts";

export interface PartOrder {
  /** The name under which it is written; it must not be there yet. */
  readonly path: string;
  readonly recipient: string;
  readonly header: PartHeader;
  readonly key: Buffer;
  /** Left out of a part that holds no files. */
  readonly filesFolder: string | undefined;
}

/** How much a part holds. */
export interface Tally {
  rows: number;
  files: number;
}

/**
 * Writes one part, sealed to the recipient, and waits until it is on the disk. Rows go from the reader through the seal
 * to the file, so that nothing in clear touches a disk and memory does not grow with the store. Throws CannotWrite.
 */
export async function writePart(reader: Reader, order: PartOrder): Promise<Tally> {
  try {
    return await written(reader, order);
  } catch (error) {
    throw asCannotWrite(error);
  }
}

async function written(reader: Reader, order: PartOrder): Promise<Tally> {
  const tally: Tally = { rows: 0, files: 0 };
  const handle = await open(order.path, "wx", 0o600);
  try {
    await pipeline(
      Readable.from(lines(reader, order, tally)),
      createGzip(),
      (packed: AsyncIterable<Buffer>) => sealPieces(order.recipient, packed),
      async (sealed: AsyncIterable<Uint8Array>) => {
        for await (const piece of sealed) await handle.writeFile(piece);
      },
    );
    await handle.sync();
  } finally {
    await handle.close();
  }
  return tally;
}

async function* lines(reader: Reader, { header, key, filesFolder }: PartOrder, tally: Tally): AsyncGenerator<Buffer> {
  const hash = createHash("sha256");
  const told = (of: readonly unknown[]) => {
    const bytes = Buffer.from(of.map((line) => `${JSON.stringify(line)}\n`).join(""));
    hash.update(bytes);
    return bytes;
  };
  yield told([header]);
  for (const { table } of tablesOf(header.part)) {
    const name = tableName(table);
    const columns = columnsOf(table);
    for await (const rows of readRows(reader, table)) {
      tally.rows += rows.length;
      yield told(rows.map((row) => [name, packRow(columns, row)]));
    }
  }
  if (filesFolder !== undefined) for await (const piece of filePieces(filesFolder, tally)) yield told([piece]);
  const sha256 = hash.copy().digest("hex");
  yield told([{ end: { ...tally, sha256, mark: keyedDigest(key, sha256) } }]);
}

/** Files are sealed already, and written before the rows that name them; one that goes meanwhile is nobody's any more. */
async function* filePieces(folder: string, tally: Tally): AsyncGenerator<FilePiece> {
  for await (const file of listFiles(folder)) {
    const handle = await open(join(folder, file)).catch(goneIsFine);
    if (!handle) continue;
    tally.files += 1;
    // The stream closes the handle.
    for await (const bytes of createReadStream("", { fd: handle, highWaterMark: 192 * 1024 }))
      yield { file, bytes: (bytes as Buffer).toString("base64"), last: false };
    yield { file, bytes: "", last: true };
  }
}

function goneIsFine(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}
