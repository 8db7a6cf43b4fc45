import { type Desk, findInstitution, type Institution, listDesks, listDesksBehind } from "#institutions/index.ts";
import type { Reader } from "#platform/db/database.ts";
import type { Account } from "./account.ts";
import { mayDo } from "./roles.ts";
import { findMember, listMembershipsOf, type Member } from "./team-store.ts";

/** A desk as somebody stands to it: working there, leading it, or looking after everybody's accounts. */
export interface StandingAt {
  readonly desk: Desk;
  readonly institution: Institution;
  /** Works there and holds its key. */
  readonly admitted: boolean;
  /** May invite and remove its people. */
  readonly manages: boolean;
  /** Takes over from the triage desk. */
  readonly standsIn: boolean;
}

/** How a person stands to a desk; undefined for everybody to whom it is nobody's business who works there. */
export async function findStanding(reader: Reader, who: Account, deskId: string): Promise<StandingAt | undefined> {
  const own = await findMember(reader, deskId, who.id);
  const admitted = own !== undefined && own.admittedAt !== null;
  const manages = mayDo(who.role, "people.manage") || (admitted && own.leads);
  if (!admitted && !manages) return undefined;
  const [desk] = await listDesks(reader, [deskId]);
  const institution = desk && (await findInstitution(reader, desk.institutionId));
  const standsIn = (await listDesksBehind(reader, [deskId])).length > 0;
  return desk && institution && { desk, institution, admitted, manages, standsIn };
}

/** The desks at which somebody works, each with its institution. */
export async function listOwnDesks(
  reader: Reader,
  personId: string,
): Promise<{ desk: Desk; institution: Institution }[]> {
  const own = (await listMembershipsOf(reader, personId)).filter(({ admittedAt }) => admittedAt !== null);
  const found: { desk: Desk; institution: Institution }[] = [];
  for (const desk of await listDesks(
    reader,
    own.map(({ deskId }) => deskId),
  )) {
    const institution = await findInstitution(reader, desk.institutionId);
    if (institution) found.push({ desk, institution });
  }
  return found;
}

/** Somebody at a desk to whose people this person may do something. */
export async function findColleague(
  reader: Reader,
  who: Account,
  { deskId, personId }: { readonly deskId: string; readonly personId: string },
): Promise<{ readonly standing: StandingAt; readonly member: Member } | undefined> {
  const standing = await findStanding(reader, who, deskId);
  const member = standing && (await findMember(reader, deskId, personId));
  return standing && member && { standing, member };
}
