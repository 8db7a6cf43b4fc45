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
} from "#institutions/index.ts";
import { type Phrase, phrase } from "#messages/messages.ts";
import type { AppContext, FormState } from "#platform/http/app.ts";
import type { Platform } from "#platform/platform.ts";
import { type DraftContent, textAnswer } from "./draft.ts";
import { finderAddress } from "./finder-address.ts";

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

/** Whether a draft may be sent from the municipality it names: now, or when it was begun, since nothing begun is lost. */
export function isOpenFor(needs: Needs, { answers, startedAt, from }: Begun): Promise<boolean> {
  const place = textAnswer(answers, "territory") ?? "";
  return isOpenTo(needs, { place, who: from?.reporting ?? "public", moments: [needs.now(), startedAt] });
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
  const line = nationalLine(country)?.display ?? "";
  return phrase("opening.error.here", { number: emergencyContacts(country)[0]?.display ?? "", line });
}

/** Where the finder is for a form whose place was refused with `notOpenPhrase`: the words stay in the form. */
export function finderAt(c: AppContext, country: Country, form: FormState): string | undefined {
  const { value, error } = form.field("territory");
  if (error?.key !== "opening.error.here" && error?.key !== "opening.error.unknown") return undefined;
  return finderAddress(c.get("ui"), country, value);
}
