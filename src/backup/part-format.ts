import { z } from "zod";
import { keyedDigest } from "#platform/crypto/derive.ts";
import { deriveFromAll, type Secrets } from "#platform/crypto/secrets.ts";
import { schemaLevel } from "#platform/db/migrate.ts";
import { type ColumnKind, columnsOf, tableName } from "./row-store.ts";
import { type Kept, PARTS, type Part, TABLES } from "./schema.ts";
import { isBase64 } from "./values.ts";

/** The name of each column and what its values are, by table. */
export type Layout = Readonly<Record<string, Readonly<Record<string, ColumnKind>>>>;

/** The first line of a part: all that is needed to read the rest without this program. */
export const PartHeader = z.strictObject({
  format: z.literal("cuvam-te backup"),
  version: z.literal(1),
  part: z.enum(PARTS),
  /** The same in both parts that were made together. */
  backup: z.string(),
  madeAt: z.number().int(),
  level: z.string(),
  /** Shows whether a secrets file is the one of the service, without telling anything of it. */
  secrets: z.string(),
  layout: z.record(z.string(), z.record(z.string(), z.enum(["text", "number", "flag", "bytes", "json"]))),
});
export type PartHeader = z.infer<typeof PartHeader>;

/** A row: its table and its values in the order of the header's columns; bytes are base64. */
export const RowLine = z.tuple([z.string(), z.array(z.unknown())]);

/** Some bytes of a file; the last piece of each says so. */
export const FileLine = z.strictObject({
  file: z.string().min(1),
  bytes: z.string().refine(isBase64),
  last: z.boolean(),
});
export type FilePiece = z.infer<typeof FileLine>;

/** The last line: how much came before, its SHA-256, and that digest under a key made of the secrets. */
export const EndLine = z.strictObject({
  end: z.strictObject({ rows: z.number(), files: z.number(), sha256: z.string(), mark: z.string() }),
});
export type Ending = z.infer<typeof EndLine>["end"];

export const tablesOf = (part: Part): Kept[] => TABLES.filter((kept) => kept.part === part);

/** What the tables of a part look like in this version of the service. */
export function layoutOf(part: Part): Layout {
  return Object.fromEntries(
    tablesOf(part).map(({ table }) => [
      tableName(table),
      Object.fromEntries(columnsOf(table).map(({ name, kind }) => [name, kind])),
    ]),
  );
}

export function headerOf(part: Part, backup: string, madeAt: number, key: Buffer): PartHeader {
  const layout: PartHeader["layout"] = Object.fromEntries(
    Object.entries(layoutOf(part)).map(([name, columns]) => [name, { ...columns }]),
  );
  const secrets = keyedDigest(key, backup);
  return { format: "cuvam-te backup", version: 1, part, backup, madeAt, level: schemaLevel(), secrets, layout };
}

/**
 * A key made of everything in the secrets file. Anybody can seal to the recovery recipient; with this key a restore sees
 * that a backup is the service's own, and that the secrets are those with which its codes and passwords work.
 */
export function markingKey(secrets: Secrets): Buffer {
  return deriveFromAll(secrets, "backup");
}
