import { and, desc, eq, inArray, isNull, like } from "drizzle-orm";
import type { SQLiteTable } from "drizzle-orm/sqlite-core";
import { RECOVERY } from "#accounts/index.ts";
import type { Reader } from "#platform/db/database.ts";
import { listPresent, type Row } from "./row-store.ts";
import { HELD } from "./schema.ts";

const { apartKey, apartKeyHolder, auditEntry, caseAccess, caseFile, compartment, deskKey, holder, noticeAddress } =
  HELD;

/** Which backup the contents of a store were restored from last; undefined where they were not. */
export async function findRestoredContents(reader: Reader): Promise<string | undefined> {
  const [row] = await reader
    .select({ backup: auditEntry.subjectId })
    .from(auditEntry)
    .where(and(eq(auditEntry.action, "backup.restored"), like(auditEntry.detail, '%"part":"contents"%')))
    .orderBy(desc(auditEntry.at))
    .limit(1);
  return row?.backup ?? undefined;
}

/**
 * Those rows of a table of holders that open what is there and what they opened when the contents were made. Between two
 * backups people left, took up new accounts and were kept away, which nothing in a row tells: so a case that was sealed
 * apart opens for nobody but the recovery identity, which may let people in again, and whatever else does not fit is out.
 */
export async function listFitting(reader: Reader, table: SQLiteTable, rows: readonly Row[]): Promise<readonly Row[]> {
  const present = (key: string, column: Parameters<typeof listPresent>[1]) =>
    listPresent(
      reader,
      column,
      rows.map((row) => String(row[key])),
    );
  if (table === noticeAddress) {
    const cases = await present("caseId", caseFile.id);
    return rows.filter((row) => cases.has(row.caseId));
  }
  if (table === apartKeyHolder) {
    const keys = await present("apartKeyId", apartKey.id);
    return rows.filter((row) => row.holder === RECOVERY && keys.has(row.apartKeyId));
  }
  if (table !== holder) return [];
  const deskKeys = await present("holderId", deskKey.id);
  const opened = await listOpened(reader, rows);
  return rows.filter(({ compartmentId, kind, holderId }) => {
    const found = opened.get(String(compartmentId));
    if (!found) return false;
    if (kind === "desk") return found.apartKeyId === null ? deskKeys.has(holderId) : holderId === found.apartKeyId;
    return kind === "code" || (kind === "person" && found.letIn.has(String(holderId)));
  });
}

interface Opened {
  readonly apartKeyId: string | null;
  /** The people whose access holds. */
  readonly letIn: ReadonlySet<string>;
}

/** What rows of holders open, by compartment. */
async function listOpened(reader: Reader, rows: readonly Row[]): Promise<ReadonlyMap<string, Opened>> {
  const ids = rows.map(({ compartmentId }) => String(compartmentId));
  const compartments = await reader
    .select({ id: compartment.id, caseId: caseFile.id, apartKeyId: caseFile.apartKeyId })
    .from(compartment)
    .innerJoin(caseFile, eq(caseFile.id, compartment.caseId))
    .where(inArray(compartment.id, ids));
  const cases = compartments.map(({ caseId }) => caseId);
  const granted = await reader
    .select({ caseId: caseAccess.caseId, personId: caseAccess.personId })
    .from(caseAccess)
    .where(and(inArray(caseAccess.caseId, cases), eq(caseAccess.granted, true), isNull(caseAccess.endedAt)));
  return new Map(
    compartments.map(({ id, caseId, apartKeyId }) => {
      const letIn = granted.flatMap((each) => (each.caseId === caseId ? [each.personId] : []));
      return [id, { apartKeyId, letIn: new Set(letIn) }];
    }),
  );
}
