import { findPeopleByName, listDeskPeople, type NamedPerson } from "#accounts/index.ts";
import type { Country } from "#country/index.ts";
import { findInstitution, searchInstitutions } from "#institutions/index.ts";
import type { Reader } from "#platform/db/database.ts";
import type { FormState } from "#platform/http/app.ts";
import type { Platform } from "#platform/platform.ts";
import type { Ui } from "#platform/views/ui.ts";
import { desksOf } from "./case-desks.ts";
import { type KeptAway, listKeptAway, type NamedInstitution, sayKeptAway, sayNamed } from "./kept-away.ts";
import { caseAddress } from "./list-address.ts";
import { listWithoutKey } from "./share-case.ts";
import type { CaseRow } from "./store.ts";
import type { exclusionPage } from "./views.ts";
import { findCaseOf } from "./work-on-case.ts";

type ExclusionPageProps = NonNullable<typeof exclusionPage.props>;

interface ReadExclusions {
  readonly file: CaseRow;
  readonly kept: readonly KeptAway[];
  /** Who may see the case and holds no key of it yet. */
  readonly withoutKey: readonly { readonly id: string; readonly name: string }[];
  /** The institution that the report names. */
  readonly reported: NamedInstitution | undefined;
  readonly colleagues: readonly { readonly id: string; readonly name: string }[];
  readonly people: readonly NamedPerson[];
  readonly institutions: readonly NamedInstitution[];
}

interface Asked {
  readonly personId: string;
  readonly number: string;
  readonly words: string;
}

/** Who is kept away from a case, and who could be; undefined where the case does not exist for this person. */
export async function readExclusions(
  reader: Reader,
  { secrets, country: { codeLists } }: Pick<Platform, "secrets"> & { readonly country: Pick<Country, "codeLists"> },
  { personId, number, words }: Asked,
): Promise<ReadExclusions | undefined> {
  const file = await findCaseOf(reader, personId, number);
  if (!file) return undefined;
  const types = codeLists.institution_type.map(({ code }) => code);
  return {
    file,
    kept: await listKeptAway(reader, file.id),
    withoutKey: await listWithoutKey(reader, { secrets }, file),
    reported: file.institutionId === null ? undefined : await findInstitution(reader, file.institutionId),
    colleagues: await listDeskPeople(reader, await desksOf(reader, file)),
    people: await findPeopleByName(reader, words),
    institutions: await searchInstitutions(reader, { words, territory: file.territory, types }),
  };
}

interface Shown extends ReadExclusions {
  readonly form: FormState;
  readonly words: string;
  readonly viewerId: string;
}

export function exclusionPageProps(country: Country, ui: Ui, shown: Shown): ExclusionPageProps {
  const { t } = ui;
  const { file, kept, people, institutions, form, words } = shown;
  const away = new Set(kept.map((each) => each.personId ?? each.institutionId));
  return {
    number: file.number,
    path: caseAddress(file.number),
    action: caseAddress(file.number, {}, "/exclusions"),
    kept: kept.map((each) => ({
      who: sayKeptAway(country, t, each),
      at: each.declaredAt,
      lift: caseAddress(file.number, {}, `/exclusions/${each.id}/lift`),
    })),
    withoutKey: shown.withoutKey.map(({ id, name }) => ({ value: id, label: name })),
    share: caseAddress(file.number, {}, "/exclusions/share"),
    find: caseAddress(file.number, {}, "/exclusions/find"),
    words,
    nothing: words !== "" && people.length === 0 && institutions.length === 0,
    options: foundOptions(country, ui, shown).filter(({ id }) => !away.has(id)),
    others: colleagueOptions(ui, shown).filter(({ id }) => !away.has(id)),
    form,
  };
}

function foundOptions(country: Country, { t }: Ui, { reported, institutions, people, colleagues }: Shown) {
  const ofInstitution = (each: NamedInstitution, hint?: string) => ({
    ...{ id: each.id, value: `institution:${each.id}`, label: sayNamed(country, t, each), hint },
  });
  return [
    ...(reported ? [ofInstitution(reported, t("exclusions.reported"))] : []),
    ...institutions.filter(({ id }) => id !== reported?.id).map((each) => ofInstitution(each)),
    ...people
      .filter(({ id }) => !colleagues.some((each) => each.id === id))
      .map(({ id, name, institutions: at }) => ({
        ...{ id, value: `person:${id}`, label: name, hint: at.map((each) => t.local(each)).join(", ") },
      })),
  ];
}

const colleagueOptions = ({ t }: Ui, { colleagues, viewerId }: Shown) =>
  colleagues.map(({ id, name }) => {
    const hint = t(id === viewerId ? "exclusions.self" : "exclusions.colleague");
    return { id, value: `person:${id}`, label: name, hint };
  });
