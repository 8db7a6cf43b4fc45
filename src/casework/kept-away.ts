import { listNames } from "#accounts/index.ts";
import { type Country, sayTerritory } from "#country/index.ts";
import { type Institution, listInstitutions } from "#institutions/index.ts";
import type { Translate } from "#messages/messages.ts";
import type { Reader } from "#platform/db/database.ts";
import { listExclusions, type Whom } from "./exclusion-store.ts";

export type NamedInstitution = Pick<Institution, "id" | "name" | "territory">;

/** An exclusion that holds, with the name of whom it keeps away; a person who has left may have none any more. */
export interface KeptAway extends Whom {
  readonly id: string;
  readonly declaredAt: number;
  readonly institution: NamedInstitution | undefined;
  readonly name: string | undefined;
}

export async function listKeptAway(reader: Reader, caseId: string): Promise<KeptAway[]> {
  const exclusions = await listExclusions(reader, caseId);
  const institutions = await listInstitutions(
    reader,
    exclusions.flatMap((each) => each.institutionId ?? []),
  );
  const names = await listNames(
    reader,
    exclusions.flatMap((each) => each.personId ?? []),
  );
  return exclusions.map(({ id, declaredAt, personId, institutionId }) => ({
    ...{ id, declaredAt, personId, institutionId },
    institution: institutions.find((each) => each.id === institutionId),
    name: names.get(personId ?? ""),
  }));
}

export function sayKeptAway(country: Country, t: Translate, { institution, name }: KeptAway): string {
  return institution ? sayNamed(country, t, institution) : (name ?? t("exclusions.left"));
}

/** With its town: many schools have one name. */
export function sayNamed(country: Country, t: Translate, { name, territory }: Omit<NamedInstitution, "id">): string {
  return `${t.local(name)} (${sayTerritory(country, t, territory)})`;
}
