import type { CodeListName, Country } from "#country/index.ts";
import { isMessageKey, type Translate } from "#messages/messages.ts";
import type { ReportContent } from "./case.ts";
import { sayCode, sayOther, sayPlace } from "./code-labels.ts";
import type { OpenedEntry } from "./open-compartments.ts";
import type { Answer } from "./views.ts";

/** Which list the codes of an answer come from; other answers are texts. */
const LISTS: Readonly<Record<string, CodeListName>> = {
  role: "reporter_role",
  identity: "anonymity",
  forms: "violence_form",
  environment: "environment",
  place_in_school: "place_in_school",
  online_place: "online_place",
  frequency: "frequency",
  age_band: "age_band",
  sex: "sex",
  vulnerability: "vulnerability",
  perpetrator_type: "perpetrator_type",
  perpetrator_age: "age_band",
};

/** Answers whose codes are sentences of the journey itself. */
const OWN: Readonly<Record<string, string>> = {
  danger: "journey.option",
  still: "journey.option",
  injuries: "journey.option",
  harmed_count: "journey.count",
  perpetrator_count: "journey.count",
  told: "journey.told",
  withhold: "journey.withhold",
};

/** Texts in which lines matter. */
const LONG = ["story", "reaction", "withhold_words", "reporter_contact", "online_address"];

/** What was reported, out of the opened entries of a case; nothing where the report does not open. */
export function reportOf(opened: readonly Pick<OpenedEntry, "kind" | "text">[]): ReportContent {
  const report = opened.find(({ kind }) => kind === "report");
  return JSON.parse(report?.text ?? "{}") as ReportContent;
}

/** The report in the order it was asked, every code said in words. */
export function reportAnswers(
  country: Country,
  t: Translate,
  { report, institutionName }: { readonly report: ReportContent; readonly institutionName: string | undefined },
): Answer[] {
  return Object.entries(report).map(([name, given]) => {
    const values = typeof given === "string" ? [given] : given;
    const answers = answersIn(country, t, { name, values, institutionName });
    const key = `journey.answer.${name}`;
    return { question: isMessageKey(key) ? t.phrase({ key }) : name, answers, long: LONG.includes(name) };
  });
}

interface Given {
  readonly name: string;
  readonly values: readonly string[];
  readonly institutionName: string | undefined;
}

function answersIn(country: Country, t: Translate, { name, values, institutionName }: Given): readonly string[] {
  // The name as it was when the report was sent, in both languages.
  if (name === "reported_by") return [t.local({ sr: values[0] ?? "", en: values[1] ?? "" })];
  return values.map((value) =>
    name === "institution" ? (institutionName ?? value) : sayAnswer(country, t, { name, value }),
  );
}

/** One answer in words: a code of a list, a code of the journey, a place, or the reporter's own text. */
export function sayAnswer(
  country: Country,
  t: Translate,
  { name, value }: { readonly name: string; readonly value: string },
): string {
  const list = LISTS[name];
  if (list) return sayCode(country, t, list, value);
  if (name === "territory") return sayPlace(country, t, value);
  const prefix = OWN[name];
  const key = `${prefix}.${value}`;
  if (prefix && isMessageKey(key)) return t.phrase({ key });
  return prefix ? sayOther(t, value) : value;
}
