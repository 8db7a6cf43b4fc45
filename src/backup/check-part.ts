import { schemaLevel } from "#platform/db/migrate.ts";
import { BackupFault } from "./backup-fault.ts";
import { layoutOf, type PartHeader } from "./part-format.ts";
import { type PartPlace, type ReadPart, readPart } from "./read-part.ts";
import { type Column, columnsOf, tableName } from "./row-store.ts";
import { type Kept, TABLES } from "./schema.ts";

/** A table of this version of the service, with its columns. */
export interface KnownTable {
  readonly kept: Kept;
  readonly columns: readonly Column[];
}

/**
 * Reads a whole part and writes nothing. Where it was made at this version's level, its rows are checked against the
 * schema as well.
 * @throws BackupFault
 */
export async function checkPart(place: PartPlace): Promise<ReadPart> {
  let ours = false;
  return readPart(place, {
    async header(header) {
      ours = header.level === schemaLevel();
      if (ours) checkLayout(header);
    },
    async rows(table, rows) {
      if (!ours) return;
      const { columns } = knownTable(table);
      const lacks = (values: readonly unknown[]) =>
        columns.some(({ nullable }, at) => !nullable && values[at] === null);
      if (rows.some(lacks)) throw new BackupFault("unfit");
    },
  });
}

/** Whether this version of the service can take the part in. Throws BackupFault. */
export function checkLevel(header: PartHeader): void {
  if (header.level !== schemaLevel()) throw new BackupFault("level", header.level);
  checkLayout(header);
}

function checkLayout({ part, layout }: PartHeader): void {
  if (JSON.stringify(layout) !== JSON.stringify(layoutOf(part))) throw new BackupFault("unfit");
}

/** The table of this name. Throws BackupFault. */
export function knownTable(name: string): KnownTable {
  const kept = TABLES.find(({ table }) => tableName(table) === name);
  if (!kept) throw new BackupFault("unfit");
  return { kept, columns: columnsOf(kept.table) };
}
