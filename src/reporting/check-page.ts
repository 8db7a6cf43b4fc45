import type { Country } from "#country/index.ts";
import type { AppContext } from "#platform/http/app.ts";
import { page as answerPage } from "#platform/http/page.ts";
import type { Ui } from "#platform/views/ui.ts";
import { type Answers, listAnswer, mandatoryMissing, textAnswer } from "./draft.ts";
import { labelOf } from "./lists.ts";
import { pathTo, placeOf, type Stand } from "./place.ts";
import type { AnswerName, Question } from "./question.ts";
import { questionsOf } from "./questions.ts";
import { schoolName } from "./school-page.ts";
import type { StepNeeds } from "./step-page.ts";
import { pathOf } from "./steps.ts";
import { type CheckRow, checkPage } from "./views.ts";
import { addressOf, type Voice, voiceOf } from "./voice.ts";

/** Shows every answer with a link to change it, and sends from there. */
export async function showCheck(c: AppContext, needs: StepNeeds, stand: Stand): Promise<Response> {
  const { answers } = stand;
  const voice = voiceOf(textAnswer(answers, "role"));
  const props = {
    ...placeOf(c, stand),
    address: addressOf(voice),
    rows: await rowsOf(c, needs, answers, voice),
    missing: mandatoryMissing(answers).map((page) => ({
      label: `journey.answer.${MISSING[page]}` as const,
      path: pathTo(c, page, true),
    })),
  };
  return answerPage(c, checkPage, props, { title: c.get("ui").t("journey.step", { step: 10 }), narrow: true });
}

const MISSING = { "1": "danger", "2": "role", "3": "identity", "4": "forms", "5": "territory" } as const;

async function rowsOf(c: AppContext, needs: StepNeeds, answers: Answers, voice: Voice): Promise<readonly CheckRow[]> {
  const ui = c.get("ui");
  const school = await schoolName(needs, ui, answers);
  return [...pathOf(answers), "10/notice" as const].flatMap((page) => {
    const row = (name: AnswerName, said: readonly string[]): CheckRow => ({
      label: `journey.answer.${name}`,
      answers: said,
      change: pathTo(c, page, true),
    });
    const asked = questionsOf(page, voice, needs.mail !== undefined).filter(({ name }) => name !== "truthful");
    const rows = asked
      .filter(({ name }) => name !== "notice" || page === "10/notice")
      .map((question) => row(question.name, answerTexts(ui, needs.country, { question, voice, answers })));
    return page === "5/school" ? [row("institution", school ? [school] : []), ...rows] : rows;
  });
}

interface Answered {
  readonly question: Question;
  readonly voice: Voice;
  readonly answers: Answers;
}

/** An answer in words: each code by its label, a text line by line. */
function answerTexts(ui: Ui, country: Country, { question, voice, answers }: Answered): readonly string[] {
  if (!("source" in question)) return (textAnswer(answers, question.name) ?? "").split("\n").filter(Boolean);
  const plain = question.plain?.(voice);
  return listAnswer(answers, question.name).map((code) => labelOf(ui, country, question.source, { code, plain }));
}
