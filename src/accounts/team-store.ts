import { and, asc, count, eq, isNotNull, isNull } from "drizzle-orm";
import type { Reader, Writer } from "#platform/db/database.ts";
import { deskMember, person } from "./schema.ts";

/** Somebody at a desk, admitted or waiting. */
export interface Member {
  readonly personId: string;
  readonly name: string;
  readonly email: string;
  readonly role: string;
  readonly recipient: string;
  readonly recipientMark: string;
  readonly admittedAt: number | null;
  readonly leads: boolean;
  readonly offeredBy: string | null;
  readonly signedInAt: number | null;
}

/** Everybody at a desk who has not left, by name; a desk is a room, not a crowd, and needs no pages. */
export function listMembers(reader: Reader, deskId: string): Promise<Member[]> {
  return selectMembers(reader)
    .where(and(eq(deskMember.deskId, deskId), isNull(person.removedAt)))
    .orderBy(asc(person.name), asc(person.id));
}

export async function findMember(reader: Reader, deskId: string, personId: string): Promise<Member | undefined> {
  const [row] = await selectMembers(reader).where(
    and(eq(deskMember.deskId, deskId), eq(deskMember.personId, personId), isNull(person.removedAt)),
  );
  return row;
}

function selectMembers(reader: Reader) {
  return reader
    .select({
      personId: person.id,
      name: person.name,
      email: person.email,
      role: person.role,
      recipient: person.recipient,
      recipientMark: person.recipientMark,
      admittedAt: deskMember.admittedAt,
      leads: deskMember.leads,
      offeredBy: deskMember.offeredBy,
      signedInAt: person.signedInAt,
    })
    .from(deskMember)
    .innerJoin(person, eq(person.id, deskMember.personId));
}

/** Whether somebody leads a desk; one who waits leads none. */
export async function leadsAny(reader: Reader, personId: string): Promise<boolean> {
  const rows = await reader
    .select({ id: deskMember.deskId })
    .from(deskMember)
    .where(and(eq(deskMember.personId, personId), eq(deskMember.leads, true), isNotNull(deskMember.admittedAt)))
    .limit(1);
  return rows.length > 0;
}

/** @returns false where somebody else did it before */
export async function admitDeskMember(
  tx: Writer,
  { deskId, personId, at }: { readonly deskId: string; readonly personId: string; readonly at: number },
): Promise<boolean> {
  const rows = await tx
    .update(deskMember)
    .set({ admittedAt: at, offeredBy: null })
    .where(and(eq(deskMember.deskId, deskId), eq(deskMember.personId, personId), isNull(deskMember.admittedAt)))
    .returning({ id: deskMember.personId });
  return rows.length > 0;
}

export async function updateLeads(tx: Writer, deskId: string, personId: string, leads: boolean): Promise<void> {
  await tx
    .update(deskMember)
    .set({ leads })
    .where(and(eq(deskMember.deskId, deskId), eq(deskMember.personId, personId)));
}

export async function deleteDeskMember(tx: Writer, deskId: string, personId: string): Promise<void> {
  await tx.delete(deskMember).where(and(eq(deskMember.deskId, deskId), eq(deskMember.personId, personId)));
}

/** Makes somebody wait to be admitted again everywhere, leading nothing, by another than who gave the link. */
export async function suspendMemberships(tx: Writer, personId: string, offeredBy: string): Promise<void> {
  await tx
    .update(deskMember)
    .set({ admittedAt: null, leads: false, offeredBy })
    .where(eq(deskMember.personId, personId));
}

/** Whether somebody works at a desk where the other one works or waits. */
export async function isColleague(reader: Reader, personId: string, otherId: string): Promise<boolean> {
  const own = (await listMembershipsOf(reader, personId)).filter(({ admittedAt }) => admittedAt !== null);
  const others = await listMembershipsOf(reader, otherId);
  return others.some(({ deskId }) => own.some((each) => each.deskId === deskId));
}

/** At how many desks somebody stands, admitted or waiting. */
export async function countDesksOf(reader: Reader, personId: string): Promise<number> {
  const [row] = await reader.select({ desks: count() }).from(deskMember).where(eq(deskMember.personId, personId));
  return row?.desks ?? 0;
}

export function listMembershipsOf(
  reader: Reader,
  personId: string,
): Promise<{ deskId: string; admittedAt: number | null; leads: boolean }[]> {
  return reader
    .select({ deskId: deskMember.deskId, admittedAt: deskMember.admittedAt, leads: deskMember.leads })
    .from(deskMember)
    .where(eq(deskMember.personId, personId))
    .orderBy(asc(deskMember.deskId));
}
