import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { keyedDigest } from "#platform/crypto/derive.ts";
import { CannotOpen } from "#platform/crypto/seal.ts";
import { openPieces } from "#platform/crypto/seal-stream.ts";
import { BackupFault } from "./backup-fault.ts";
import { type Ending, EndLine, FileLine, type FilePiece, PartHeader, RowLine } from "./part-format.ts";
import { PIECE } from "./row-store.ts";
import { fits } from "./values.ts";
import type { Tally } from "./write-part.ts";

export interface PartPlace {
  readonly file: string;
  /** The recovery identity. */
  readonly identity: string;
  /** Made of the secrets; without it nobody sees whether the part is the service's own. */
  readonly key: Buffer | undefined;
}

/** What is done with a part while it is read; each is waited for. It is whole only when reading has ended. */
export interface PartTaker {
  header?(header: PartHeader): Promise<void>;
  rows?(table: string, rows: readonly (readonly unknown[])[]): Promise<void>;
  piece?(piece: FilePiece): Promise<void>;
}

export interface ReadPart extends Tally {
  readonly header: PartHeader;
}

/**
 * Reads a whole part a piece at a time, and checks that each row fits the part's own header, that everything that was
 * written is there, and, with a key, that the service with these secrets wrote it.
 * @throws BackupFault where it cannot be read or is not whole; what the taker throws passes unchanged
 */
export async function readPart({ file, identity, key }: PartPlace, taker: PartTaker): Promise<ReadPart> {
  const reading = newReading(key, taker);
  const hash = createHash("sha256");
  for await (const line of linesOf(file, identity)) {
    await reading.take(parsed(line), () => hash.copy().digest("hex"));
    hash.update(line).update("\n");
  }
  return reading.end();
}

/** Takes a part's lines one after the other, and gathers rows so that they are handed on in pieces. */
function newReading(key: Buffer | undefined, taker: PartTaker) {
  let header: PartHeader | undefined;
  let ending: Ending | undefined;
  const tally: Tally = { rows: 0, files: 0 };
  let waiting: { table: string; rows: (readonly unknown[])[] } = { table: "", rows: [] };

  async function handOn(): Promise<void> {
    const { table, rows } = waiting;
    waiting = { table: "", rows: [] };
    if (rows.length > 0) await taker.rows?.(table, rows);
  }

  async function takeRow(table: string, values: readonly unknown[]): Promise<void> {
    const kinds = Object.values(header?.layout[table] ?? {});
    const fit = kinds.length > 0 && kinds.length === values.length && kinds.every((kind, at) => fits(kind, values[at]));
    if (!fit) throw new BackupFault("unfit");
    if (waiting.table !== table || waiting.rows.length >= PIECE) await handOn();
    waiting.table = table;
    waiting.rows.push(values);
    tally.rows += 1;
  }

  return {
    async take(line: unknown, sofar: () => string): Promise<void> {
      if (ending) throw new BackupFault("damaged");
      if (!header) {
        header = readHeader(line, key);
        await taker.header?.(header);
        return;
      }
      const row = RowLine.safeParse(line);
      if (row.success) return takeRow(...row.data);
      const piece = FileLine.safeParse(line);
      if (piece.success) {
        await handOn();
        if (piece.data.last) tally.files += 1;
        return taker.piece?.(piece.data);
      }
      ending = readEnding(line, { ...tally, sha256: sofar() }, key);
    },
    async end(): Promise<ReadPart> {
      if (!header || !ending) throw new BackupFault("damaged");
      await handOn();
      return { header, ...tally };
    },
  };
}

function readHeader(line: unknown, key: Buffer | undefined): PartHeader {
  const read = PartHeader.safeParse(line);
  if (!read.success) throw new BackupFault("foreign");
  if (key && keyedDigest(key, read.data.backup) !== read.data.secrets) throw new BackupFault("secrets");
  return read.data;
}

function readEnding(line: unknown, found: Tally & { sha256: string }, key: Buffer | undefined): Ending {
  const read = EndLine.safeParse(line);
  if (!read.success) throw new BackupFault("unfit");
  const { end } = read.data;
  const whole = end.rows === found.rows && end.files === found.files && end.sha256 === found.sha256;
  if (!whole) throw new BackupFault("damaged");
  if (key && keyedDigest(key, end.sha256) !== end.mark) throw new BackupFault("damaged");
  return end;
}

function parsed(line: Buffer): unknown {
  try {
    return JSON.parse(line.toString("utf8"));
  } catch {
    throw new BackupFault("unfit");
  }
}

const NEW_LINE = 10;

async function* linesOf(file: string, identity: string): AsyncGenerator<Buffer> {
  let begun: Buffer[] = [];
  for await (const piece of unpacked(file, identity)) {
    let from = 0;
    for (let to = piece.indexOf(NEW_LINE); to >= 0; to = piece.indexOf(NEW_LINE, from)) {
      yield Buffer.concat([...begun, piece.subarray(from, to)]);
      begun = [];
      from = to + 1;
    }
    if (from < piece.length) begun.push(piece.subarray(from));
  }
  // The last line ends like every other; what stands behind it was cut off.
  if (begun.length > 0) throw new BackupFault("damaged");
}

async function* unpacked(file: string, identity: string): AsyncGenerator<Buffer> {
  const handle = await open(file).catch(() => {
    throw new BackupFault("noFile");
  });
  const sealed = createReadStream("", { fd: handle, start: 0 }) as AsyncIterable<Buffer>;
  const packed = createGunzip();
  try {
    if (!(await isSealed(handle))) throw new BackupFault("foreign");
    // What goes wrong on the way comes out at the end, where it is caught.
    pipeline(Readable.from(openPieces(identity, sealed)), packed, () => undefined);
    yield* packed as AsyncIterable<Buffer>;
  } catch (error) {
    if (error instanceof BackupFault) throw error;
    throw new BackupFault(error instanceof CannotOpen ? "identity" : "damaged");
  } finally {
    packed.destroy();
    await handle.close().catch(() => undefined);
  }
}

/** How every age file begins (age-encryption.org/v1). */
const BEGINNING = "age-encryption.org/v1";

async function isSealed(handle: FileHandle): Promise<boolean> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(BEGINNING.length), 0, BEGINNING.length, 0);
  return buffer.toString("latin1", 0, bytesRead) === BEGINNING;
}
