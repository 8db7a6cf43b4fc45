import { account, listWorkplaces } from "#accounts/index.ts";
import { isDeskOpen } from "#casework/index.ts";
import { areasAround, emergencyContacts } from "#country/index.ts";
import {
  type Institution,
  isOpenSomewhere,
  listInstitutions,
  listOpeningsOf,
  mayReport,
  opensAt,
  reportingOf,
  stageAt,
} from "#institutions/index.ts";
import { phrase } from "#messages/messages.ts";
import type { AppContext, FormState } from "#platform/http/app.ts";
import { Refusal } from "#platform/http/errors.ts";
import { fieldsFrom, formState } from "#platform/http/form.ts";
import { page, seeOther } from "#platform/http/page.ts";
import { readFields } from "#platform/http/read-body.ts";
import type { Platform } from "#platform/platform.ts";
import { rememberAddress } from "./choose-address.ts";
import type { Answers, Workplace } from "./draft.ts";
import { findCookieKey, giveCookieKey } from "./draft-key.ts";
import type { LineNeeds } from "./plain-line.ts";
import { startDraft } from "./start-draft.ts";
import { staffReportPage } from "./views.ts";
import { limitsNow } from "./where-open.ts";

export interface StaffReportNeeds extends LineNeeds, Pick<Platform, "db" | "secrets" | "now"> {}

/** Says how somebody at work reports for a child, and from which institution. */
export async function showStaffReport(c: AppContext, needs: StaffReportNeeds): Promise<Response> {
  return renderStaffReport(c, needs, await workplacesOf(c, needs));
}

/** Begins the journey for a child; what the person may do by work is sealed in the draft and read from nowhere else. */
export async function receiveStaffReport(c: AppContext, needs: StaffReportNeeds): Promise<Response> {
  const typed = await readFields(c);
  const workplaces = await workplacesOf(c, needs);
  const id = typed.get("institution")?.[0];
  const chosen = workplaces.find(({ institution }) => institution.id === id);
  if (!chosen?.anywhere) {
    const error = { field: "institution", phrase: phrase("opening.behalf.who.missing") };
    return renderStaffReport(c, needs, workplaces, formState(typed, [error]));
  }
  if (!(await isDeskOpen(needs))) throw new Refusal(503, "journey.closed.heading", "journey.closed.body");
  rememberAddress(needs.cookies, c, "adult");
  const cookieKey = findCookieKey(needs.cookies, c) ?? giveCookieKey(needs.cookies, c);
  const { institution, reporting } = chosen;
  const from = { institutionId: institution.id, name: institution.name, reporting };
  const draftId = await startDraft(needs, cookieKey, { answers: answersFrom(chosen), from });
  return seeOther(c, c.get("ui").href(`/r/${draftId}/1`));
}

/** An institution at whose desk somebody works, and what its staff may do. */
interface AtWork {
  readonly institution: Institution;
  readonly reporting: Workplace["reporting"];
  /** Whether its staff may report from its own municipality, and if not, from when on. */
  readonly here: boolean;
  readonly opens: number | undefined;
  /** Whether they may report from any place. */
  readonly anywhere: boolean;
}

async function workplacesOf(c: AppContext, needs: StaffReportNeeds): Promise<readonly AtWork[]> {
  const { db, country, now } = needs;
  const at = now();
  const limits = await limitsNow(needs);
  return db.read(async (reader) => {
    const rows = await listInstitutions(reader, await listWorkplaces(reader, account.get(c).id));
    const found: AtWork[] = [];
    for (const institution of rows.filter(({ activeTo }) => activeTo === null || activeTo > at)) {
      const reporting = reportingOf(country, institution.type);
      const openings = await listOpeningsOf(reader, areasAround(country, institution.territory));
      const here = mayReport(stageAt(country, openings, institution.territory, at), reporting);
      const opens = here ? undefined : opensAt(country, openings, institution.territory, { at, who: reporting });
      const anywhere = !limits || isOpenSomewhere(country, limits, reporting);
      found.push({ institution, reporting, here, opens, anywhere });
    }
    return found;
  });
}

/** What is known already; where it happens is not: a teacher sees what is done at home. */
function answersFrom({ institution, reporting, here }: AtWork): Answers {
  return {
    role: reporting === "educational" ? "teacher" : "other_professional",
    ...(here ? { territory: institution.territory } : {}),
    ...(reporting === "educational" ? { institution: institution.id } : {}),
  };
}

function renderStaffReport(
  c: AppContext,
  { country }: StaffReportNeeds,
  workplaces: readonly AtWork[],
  form: FormState = firstChosen(workplaces),
): Response | Promise<Response> {
  const ui = c.get("ui");
  const failed = form.errors.length > 0;
  const props = {
    form,
    workplaces: workplaces
      .filter(({ anywhere }) => anywhere)
      .map(({ institution }) => ({ value: institution.id, label: ui.t.local(institution.name) })),
    closed: workplaces
      .filter(({ here }) => !here)
      .map(({ institution, opens }) => ({
        name: ui.t.local(institution.name),
        day: opens === undefined ? undefined : ui.date(opens),
      })),
    danger: emergencyContacts(country)[0]?.display ?? "",
  };
  const title = ui.t("opening.behalf.title");
  return page(c, staffReportPage, props, { title, failed, status: failed ? 422 : 200, layout: "staff", narrow: true });
}

/** Who works at one institution has nothing to choose. */
function firstChosen(workplaces: readonly AtWork[]): FormState {
  const open = workplaces.filter(({ anywhere }) => anywhere);
  return formState(fieldsFrom({ institution: open.length === 1 ? open[0]?.institution.id : undefined }));
}
