import { findOwnSchoolOf, type Institution, isNotFirst, type Matter } from "#institutions/index.ts";
import { type Answers, listAnswer, textAnswer } from "./draft.ts";
import type { Question } from "./question.ts";
import type { SchoolNeeds } from "./school-page.ts";
import { searchedTypes } from "./steps.ts";

/** The school that the whole service is for: then nobody is asked for a place or a school. */
export function findSchoolHere({ db }: Pick<SchoolNeeds, "db">): Promise<Institution | undefined> {
  return findOwnSchoolOf(db);
}

const KNOWN: readonly string[] = ["territory", "institution_name"];

/** What is asked where the school is known. */
export function withoutKnown<T extends Question>(asked: readonly T[], school: Institution | undefined): readonly T[] {
  return school ? asked.filter(({ name }) => !KNOWN.includes(name)) : asked;
}

/** The place of a report, and the school where it happens in one: at home it names none. */
export function knownPlace(school: Institution, answers: Answers): Answers {
  const here = searchedTypes(answers).includes(school.type);
  return { territory: school.territory, ...(here ? { institution: school.id } : {}) };
}

/** Who must not learn of it, and works at a school. */
const AT_SCHOOL: readonly string[] = ["school", "teacher"];

/** Whether the school's own team should not be the first to read this, so that who else can help is said before. */
export function needsOutside(
  { country }: Pick<SchoolNeeds, "country">,
  school: Institution | undefined,
  answers: Answers,
): school is Institution {
  if (!school) return false;
  const withheld = listAnswer(answers, "withhold").some((whom) => AT_SCHOOL.includes(whom));
  return withheld || isNotFirst(country, school, matterOf(answers));
}

/** What decides who answers, as far as it was said. */
export function matterOf(answers: Answers): Matter {
  return {
    forms: listAnswer(answers, "forms"),
    setting: textAnswer(answers, "environment"),
    harmer: textAnswer(answers, "perpetrator_type"),
    age: textAnswer(answers, "perpetrator_age"),
  };
}
