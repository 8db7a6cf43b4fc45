import { and, eq, gt, lt } from "drizzle-orm";
import type { Reader, Writer } from "#platform/db/database.ts";
import { knownDevice } from "./schema.ts";

export async function isKnownDevice(
  reader: Reader,
  { tokenHash, personId, now }: { readonly tokenHash: string; readonly personId: string; readonly now: number },
): Promise<boolean> {
  const rows = await reader
    .select({ until: knownDevice.until })
    .from(knownDevice)
    .where(and(eq(knownDevice.tokenHash, tokenHash), eq(knownDevice.personId, personId), gt(knownDevice.until, now)));
  return rows.length > 0;
}

/** Notes a browser in which somebody signed in, or prolongs what was noted. */
export async function upsertKnownDevice(tx: Writer, row: typeof knownDevice.$inferInsert): Promise<void> {
  const where = { target: [knownDevice.tokenHash, knownDevice.personId], set: { until: row.until } };
  await tx.insert(knownDevice).values(row).onConflictDoUpdate(where);
}

export async function deleteKnownDevicesOf(tx: Writer, personId: string): Promise<void> {
  await tx.delete(knownDevice).where(eq(knownDevice.personId, personId));
}

export async function deleteKnownDevicesBefore(tx: Writer, now: number): Promise<void> {
  await tx.delete(knownDevice).where(lt(knownDevice.until, now));
}
