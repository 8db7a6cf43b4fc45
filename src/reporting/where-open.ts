import { areasAround, type Country, emergencyContacts, municipality, nationalLine } from "#country/index.ts";
import {
  isOpenEverywhere,
  listOpeningsInForce,
  listOpeningsOf,
  mayReport,
  type Plan,
  planAt,
  type Reporting,
  stageAt,
  wasEverLimited,
  whereItHappens,
} from "#institutions/index.ts";
import { type Phrase, phrase } from "#messages/messages.ts";
import type { AppContext, FormState } from "#platform/http/app.ts";
import type { Platform } from "#platform/platform.ts";
import { type Answers, type DraftContent, textAnswer } from "./draft.ts";
import { finderAddress } from "./finder-address.ts";
import { findSchool } from "./school-page.ts";

type Needs = Pick<Platform, "db" | "now"> & { readonly country: Country };

/** What limits reporting now, or undefined where everybody may report from everywhere. */
export async function limitsNow({ db, country, now }: Needs): Promise<Plan | undefined> {
  const at = now();
  const held = await db.read(async (reader) =>
    (await wasEverLimited(reader, at)) ? listOpeningsInForce(reader, at) : [],
  );
  const plan = planAt(held, at);
  return held.length === 0 || isOpenEverywhere(country, plan) ? undefined : plan;
}

type Begun = Pick<DraftContent, "answers" | "startedAt" | "from">;

/** An answer from which nobody may report, and the sentence that says so beside it. */
export interface Closed {
  readonly field: "territory" | "institution";
  readonly phrase: Phrase;
}

/** Where a draft may not be sent from where it happens: neither now nor when it was begun, since nothing begun is lost. */
export async function findClosed(needs: Needs, { answers, startedAt, from }: Begun): Promise<Closed | undefined> {
  const { country, now } = needs;
  const { place, field } = await destinationOf(needs, answers);
  const asked = { place, who: from?.reporting ?? "public", moments: [now(), startedAt] } as const;
  if (await isOpenTo(needs, asked)) return undefined;
  return { field, phrase: field === "institution" ? phrase(SCHOOL, callsOf(country)) : notOpenPhrase(country, place) };
}

/** The place that decides, and the answer that names it: a school stands in its own town, whichever was typed. */
async function destinationOf(needs: Needs, answers: Answers): Promise<{ place: string; field: Closed["field"] }> {
  const [territory = "", setting, id] = (["territory", "environment", "institution"] as const).map((name) =>
    textAnswer(answers, name),
  );
  const school = id === undefined ? undefined : await findSchool(needs, answers, id);
  const place = whereItHappens(needs.country, { territory, setting }, school);
  return { place, field: place === territory ? "territory" : "institution" };
}

interface Asked {
  readonly place: string;
  readonly who: Reporting;
  readonly moments: readonly number[];
}

/** Whether these people may report from a place at one of these moments. */
export async function isOpenTo({ db, country }: Needs, { place, who, moments }: Asked): Promise<boolean> {
  const openings = await db.read((reader) => listOpeningsOf(reader, areasAround(country, place)));
  return moments.some((at) => mayReport(stageAt(country, openings, place, at), who));
}

/** What is said beside a municipality from which this person may not report. */
export function notOpenPhrase(country: Country, place: string): Phrase {
  if (!municipality(country, place)) return phrase("opening.error.unknown");
  return phrase("opening.error.here", callsOf(country));
}

function callsOf(country: Country): { readonly number: string; readonly line: string } {
  return { number: emergencyContacts(country)[0]?.display ?? "", line: nationalLine(country)?.display ?? "" };
}

const SCHOOL = "opening.error.school";
const NOT_OPEN: readonly string[] = ["opening.error.here", "opening.error.unknown", SCHOOL];

/**
 * Where the finder is for a form whose place or school was refused as not open: the words stay in the form.
 * @param answers what else was answered, which says what kind of school can be meant
 */
export async function finderAt(
  c: AppContext,
  needs: Needs,
  form: FormState,
  answers: Answers = {},
): Promise<string | undefined> {
  const refused = form.errors.find((error) => NOT_OPEN.includes(error.phrase.key));
  if (!refused) return undefined;
  const { value } = form.field(refused.field);
  const meant = refused.field === "institution" ? { ...answers, institution: value } : { territory: value };
  return finderAddress(c.get("ui"), needs.country, (await destinationOf(needs, meant)).place);
}
