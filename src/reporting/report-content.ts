import type { CaseFacts, NewCase, ReportContent } from "#casework/index.ts";
import { type Answers, type DraftContent, listAnswer, textAnswer } from "./draft.ts";
import { questionsOf } from "./questions.ts";
import { pathOf } from "./steps.ts";
import { voiceOf } from "./voice.ts";

/** Sealed apart from the report, or for the service alone, or only a promise. */
const APART = ["reporter_name", "reporter_contact", "notice", "withhold", "withhold_words", "truthful"];

/** On the one page nobody leaves a branch again: a school's name counts wherever it happens. */
const EVERY_BRANCH = pathOf({ identity: "named", environment: "education" });

export type CaseParts = Pick<NewCase, "facts" | "report" | "confidentialName" | "withhold" | "noticeAddress">;

/** The parts of a case from the answers of a draft that lacks nothing mandatory. */
export function caseFrom(
  answers: Answers,
  mails: boolean,
  { onePage, from }: Pick<DraftContent, "onePage" | "from"> = {},
): CaseParts {
  const relevant = relevantAnswers(answers, mails, onePage ? EVERY_BRANCH : pathOf(answers));
  return {
    facts: factsFrom(relevant),
    report: { ...(from ? { reported_by: [from.name.sr, from.name.en] } : {}), ...reportFrom(relevant) },
    confidentialName: confidentialName(relevant),
    withhold: withholdFrom(relevant),
    noticeAddress: textAnswer(relevant, "notice"),
  };
}

/** The answers to what is still asked, in the order it is asked: a branch that was left again says nothing. */
export function relevantAnswers(answers: Answers, mails: boolean, path = pathOf(answers)): Answers {
  const voice = voiceOf(textAnswer(answers, "role"));
  const names = [...path, "10/notice" as const].flatMap((page) => {
    const asked = questionsOf(page, voice, mails).map(({ name }) => name);
    return page === "5/school" ? ["institution" as const, ...asked] : asked;
  });
  return Object.fromEntries(names.flatMap((name) => (answers[name] === undefined ? [] : [[name, answers[name]]])));
}

function factsFrom(answers: Answers): CaseFacts {
  const danger = textAnswer(answers, "danger");
  const identity = textAnswer(answers, "identity");
  return {
    danger: danger === "yes" || danger === "no" ? danger : "unsure",
    role: textAnswer(answers, "role") ?? "undisclosed",
    identityMode: identity === "confidential" || identity === "named" ? identity : "anonymous",
    forms: listAnswer(answers, "forms"),
    environment: textAnswer(answers, "environment"),
    territory: textAnswer(answers, "territory") ?? "unsure",
    institutionId: textAnswer(answers, "institution"),
    ageBand: textAnswer(answers, "age_band"),
    perpetratorType: textAnswer(answers, "perpetrator_type"),
    frequency: textAnswer(answers, "frequency"),
  };
}

function reportFrom(answers: Answers): ReportContent {
  const named = textAnswer(answers, "identity") === "named";
  return Object.fromEntries(
    Object.entries(answers).filter(([name]) => !APART.includes(name) || (named && name.startsWith("reporter_"))),
  );
}

/** Who asked for confidence is named, with the way to be reached, only to the desks that hold the file. */
function confidentialName(answers: Answers): string | undefined {
  if (textAnswer(answers, "identity") !== "confidential") return undefined;
  const lines = [textAnswer(answers, "reporter_name"), textAnswer(answers, "reporter_contact")];
  return lines.filter((line) => line !== undefined).join("\n") || undefined;
}

function withholdFrom(answers: Answers): NewCase["withhold"] {
  const from = listAnswer(answers, "withhold");
  const words = textAnswer(answers, "withhold_words") ?? "";
  return from.length > 0 || words ? { from, words } : undefined;
}
