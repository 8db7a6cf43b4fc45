import { type Country, territoryName } from "#country/index.ts";
import { findInstitution, type Institution, searchInstitutions } from "#institutions/index.ts";
import type { FormState } from "#platform/http/app.ts";
import type { Platform } from "#platform/platform.ts";
import type { Option } from "#platform/views/parts.ts";
import type { Ui } from "#platform/views/ui.ts";
import { type Answers, textAnswer } from "./draft.ts";
import { searchedTypes } from "./steps.ts";
import type { ShownQuestion } from "./views.ts";

/** Each takes a choice back, since a radio button alone cannot be cleared. */
const NO_CHOICE = [
  { value: "none", label: "journey.school.unlisted" },
  { value: "unsure", label: "journey.option.unsure" },
  { value: "undisclosed", label: "journey.option.undisclosed" },
] as const;

export function isNoChoice(value: string): boolean {
  return NO_CHOICE.some((choice) => choice.value === value);
}

const LONGEST_WORDS = 100;

export interface SchoolNeeds extends Pick<Platform, "db"> {
  readonly country: Country;
}

type SearchNeeds = SchoolNeeds & Pick<Platform, "now">;

/** The part of the school page that finds a school by a piece of its name, by a form and without a script. */
export async function showSearch(
  needs: SearchNeeds,
  ui: Ui,
  answers: Answers,
  form: FormState,
): Promise<ShownQuestion> {
  const words = form.field("words");
  const options = await findSchools(needs, ui, answers, form);
  return {
    part: "search",
    searched: words.value !== "",
    words: {
      name: "words",
      kind: "text",
      label: ui.t("journey.school.words"),
      hint: ui.t("journey.school.words.hint"),
      field: words,
      optional: false,
    },
    found: {
      name: "institution",
      kind: "radio",
      legend: ui.t("journey.school.found"),
      hint: undefined,
      options,
      others: options.length > 0 ? NO_CHOICE.map(({ value, label }) => ({ value, label: ui.t(label) })) : [],
      field: form.field("institution"),
      heading: false,
      optional: false,
    },
  };
}

/** The institution that a form names, if it can be chosen where these answers say it happens. */
export async function findSchool({ db }: SchoolNeeds, answers: Answers, id: string): Promise<Institution | undefined> {
  const found = await db.read((reader) => findInstitution(reader, id));
  return found && searchedTypes(answers).includes(found.type) ? found : undefined;
}

/** The name of the chosen institution. */
export async function schoolName({ db }: SchoolNeeds, ui: Ui, answers: Answers): Promise<string | undefined> {
  const id = textAnswer(answers, "institution");
  const found = id ? await db.read((reader) => findInstitution(reader, id)) : undefined;
  return found && ui.t.local(found.name);
}

async function findSchools(needs: SearchNeeds, ui: Ui, answers: Answers, form: FormState): Promise<readonly Option[]> {
  const { country, db, now } = needs;
  const words = form.field("words").value.slice(0, LONGEST_WORDS);
  const search = { words, territory: textAnswer(answers, "territory"), types: searchedTypes(answers), at: now() };
  const chosen = form.field("institution").value;
  const [found, known] = await db.read(async (reader) => [
    await searchInstitutions(reader, search),
    chosen ? await findInstitution(reader, chosen) : undefined,
  ]);
  const shown = known && !found.some(({ id }) => id === known.id) ? [known, ...found] : found;
  return shown.map(({ id, name, territory }) => ({
    value: id,
    label: ui.t.local(name),
    hint: country.territories.some(({ code }) => code === territory)
      ? ui.t.local(territoryName(country, territory))
      : undefined,
  }));
}
