import { and, eq, inArray } from "drizzle-orm";
import type { Reader } from "#platform/db/database.ts";
import { compartment, holder } from "./schema.ts";

export interface HeldCompartment {
  readonly compartmentId: string;
  readonly kind: string;
  readonly recipient: string;
  readonly holderId: string;
  readonly sealed: Buffer;
}

/** The compartments of a case that any of these holders can open, each with its identity sealed to that holder. */
export async function listHeld(
  reader: Reader,
  caseId: string,
  holderKind: "code" | "person",
  holderIds: readonly string[],
): Promise<HeldCompartment[]> {
  if (holderIds.length === 0) return [];
  const whose = and(eq(holder.kind, holderKind), inArray(holder.holderId, [...holderIds]));
  return selectHeld(reader).where(and(eq(compartment.caseId, caseId), whose));
}

/** The same for every key of a desk that holds any of them: a case has few, and a desk may have many. */
export function listHeldByDesks(reader: Reader, caseId: string): Promise<HeldCompartment[]> {
  return selectHeld(reader).where(and(eq(compartment.caseId, caseId), eq(holder.kind, "desk")));
}

function selectHeld(reader: Reader) {
  return reader
    .select({
      compartmentId: compartment.id,
      kind: compartment.kind,
      recipient: compartment.recipient,
      holderId: holder.holderId,
      sealed: holder.sealed,
    })
    .from(compartment)
    .innerJoin(holder, eq(holder.compartmentId, compartment.id));
}

/** The case that a code opens: the compartment is sealed to it. */
export async function findHeldByCode(
  reader: Reader,
  lookup: string,
): Promise<(HeldCompartment & { readonly caseId: string }) | undefined> {
  const [row] = await reader
    .select({
      caseId: compartment.caseId,
      compartmentId: compartment.id,
      kind: compartment.kind,
      recipient: compartment.recipient,
      holderId: holder.holderId,
      sealed: holder.sealed,
    })
    .from(holder)
    .innerJoin(compartment, eq(compartment.id, holder.compartmentId))
    .where(and(eq(holder.kind, "code"), eq(holder.holderId, lookup)));
  return row;
}
