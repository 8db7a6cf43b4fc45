import { listDesks } from "#institutions/index.ts";
import type { LocalText } from "#messages/messages.ts";
import type { Platform } from "#platform/platform.ts";
import { type AdmitOutcome, admitMember } from "./admit-member.ts";
import { tidyEmail } from "./create-account.ts";
import { findPersonByEmail } from "./person-store.ts";
import { RECOVERY } from "./recovery-holder.ts";
import { listMembershipsOf } from "./team-store.ts";

/** A desk at which somebody waited, and what became of it. */
export interface Admission {
  readonly desk: LocalText;
  readonly outcome: AdmitOutcome;
}

/**
 * Lets somebody in at every desk where they wait, with the offline recovery identity: for where nobody is left who holds
 * the desk's key.
 * @returns undefined where nobody has this e-mail
 * @throws CannotOpen where the identity is another than the one the desks' keys were sealed to
 */
export async function admitByRecovery(
  needs: Pick<Platform, "db" | "secrets" | "now">,
  email: string,
  identity: string,
): Promise<Admission[] | undefined> {
  const { db } = needs;
  const person = await db.read((reader) => findPersonByEmail(reader, tidyEmail(email)));
  if (!person) return undefined;
  const desks = await db.read(async (reader) => {
    const waiting = (await listMembershipsOf(reader, person.id)).filter(({ admittedAt }) => admittedAt === null);
    return listDesks(
      reader,
      waiting.map(({ deskId }) => deskId),
    );
  });
  const admissions: Admission[] = [];
  for (const { id, name } of desks) {
    const place = { deskId: id, personId: person.id };
    const outcome = await admitMember(needs, { kind: "recovery", holder: RECOVERY, identity }, place);
    admissions.push({ desk: name, outcome });
  }
  return admissions;
}
