import { areasAround, emergencyContacts, nationalLine, sayType } from "#country/index.ts";
import { foundInstitution } from "#directory/index.ts";
import { competencesOf, type Institution, listCovering } from "#institutions/index.ts";
import type { AppContext } from "#platform/http/app.ts";
import { notFound } from "#platform/http/errors.ts";
import { page } from "#platform/http/page.ts";
import type { Platform } from "#platform/platform.ts";
import { otherVoice, speechTo } from "./choose-address.ts";
import type { Answers } from "./draft.ts";
import { finderAddress } from "./finder-address.ts";
import { findSchoolHere, matterOf } from "./own-school.ts";
import type { SchoolNeeds } from "./school-page.ts";
import { isStaffHarming } from "./steps.ts";
import { type OutsideHelp, outsidePage } from "./views.ts";

type Needs = SchoolNeeds & Pick<Platform, "cookies" | "now">;

const MOST_BODIES = 12;
/** What is meant before anything was answered. */
const AN_EMPLOYEE: Answers = { environment: "education", perpetrator_type: "school_staff" };

/** Before a report begins: whom to call where somebody of the school harms, and who would read the report. */
export async function showOutsideFirst(c: AppContext, needs: Needs): Promise<Response> {
  const school = await findSchoolHere(needs);
  if (!school) throw notFound();
  const { href } = c.get("ui");
  return renderOutside(c, needs, { school, answers: AN_EMPLOYEE, next: href("/report#begin"), begun: false });
}

interface Outside {
  readonly school: Institution;
  readonly answers: Answers;
  readonly next: string;
  readonly begun: boolean;
}

/** Shows the bodies outside the school and the numbers first; the report can still go on. */
export async function renderOutside(
  c: AppContext,
  needs: Needs,
  { school, answers, next, begun }: Outside,
): Promise<Response> {
  const ui = c.get("ui");
  const voice = otherVoice(c, speechTo(c, needs, begun ? answers : {}).address);
  const props = { help: await outsideHelp(c, needs, school, answers), next, begun, voice };
  return page(c, outsidePage, props, { title: ui.t("journey.gone.title"), narrow: true });
}

/** Who answers outside the school, by the country's rules, each with a number that somebody has rung. */
export async function outsideHelp(
  c: AppContext,
  { db, country, now }: Needs,
  school: Institution,
  answers: Answers,
): Promise<OutsideHelp> {
  const ui = c.get("ui");
  const said = isStaffHarming(answers) ? answers : { ...answers, ...AN_EMPLOYEE };
  const types = competencesOf(country.competence, matterOf(said)).answering.map(({ type }) => type);
  const search = { areas: areasAround(country, school.territory), types, at: now() };
  const rows = (await db.read((reader) => listCovering(reader, search, { most: MOST_BODIES }))).filter(
    ({ institution }) => institution.id !== school.id,
  );
  const around = { absences: [], standIns: new Map() };
  const listed = new Map(types.map((type) => [type, rows.filter(({ institution }) => institution.type === type)]));
  return {
    school: ui.t.local(school.name),
    contacts: emergencyContacts(country),
    line: nationalLine(country)?.display ?? "",
    finder: finderAddress(ui, country, school.territory),
    bodies: types
      .filter((type) => type !== school.type)
      .flatMap((type) => {
        const found = listed.get(type) ?? [];
        if (found.length === 0) return [{ name: sayType(country, ui.t, type), phone: undefined }];
        return found.map(({ institution }) => {
          const { name, phone } = foundInstitution(ui, country, institution, around);
          return { name, phone };
        });
      }),
  };
}
