import { describe, expect, it } from "vitest";
import { loadCountry } from "#country/index.ts";
import { LANGUAGES } from "#messages/messages.ts";
import { formState } from "#platform/http/form.ts";
import { uiFor } from "#platform/views/ui.ts";
import type { Question } from "#reporting/question.ts";
import { WHAT } from "#reporting/questions-what.ts";
import { WHO } from "#reporting/questions-who.ts";
import { renderQuestions } from "#reporting/render-questions.ts";
import { type Asking, isAnsweredInCodes, showQuestions } from "#reporting/show-questions.ts";
import { ADDRESSES, VOICES } from "#reporting/voice.ts";

const country = loadCountry("RS");
const questions = Object.values({ ...WHAT, ...WHO }).flat();
const WRONG = { key: "errors.field.unknown" } as const;

function codesOf(question: Question): readonly string[] {
  const speech = { voice: "me", address: "adult" } as const;
  const [shown] = showQuestions({ ui: uiFor("sr", country), country, speech, form: formState(new Map()) }, [question]);
  return shown?.part === "choices" ? shown.props.options.slice(0, 2).map(({ value }) => value) : [];
}

interface Each {
  readonly asking: Omit<Asking, "country">;
  readonly lead: string | undefined;
}

/** Everybody who is asked a question, in each language and way of speaking: with codes, with none, with words, with an error. */
function everybodyAsked(question: Question): readonly Each[] {
  const given = [[], ...codesOf(question).map((code) => [code]), codesOf(question), ["Milica"]];
  const forms = given.flatMap((values) =>
    [[], [{ field: question.name, phrase: WRONG }]].map((errors) =>
      formState(new Map([[question.name, values]]), errors),
    ),
  );
  const speeches = VOICES.flatMap((voice) => ADDRESSES.map((address) => ({ voice, address })));
  return forms.flatMap((form) =>
    speeches.flatMap((speech) =>
      LANGUAGES.flatMap((lang) =>
        [undefined, "below"].map((lead) => ({ asking: { ui: uiFor(lang, country), speech, form }, lead })),
      ),
    ),
  );
}

const rendered = (of: Asking["country"], question: Question, { asking, lead }: Each) =>
  renderQuestions({ ...asking, country: of }, [question], lead);

describe("a rendered question", () => {
  it.each(questions.map((question) => [question.name, question] as const))(
    "%s is the same whoever was asked before",
    (_, question) => {
      const everybody = everybodyAsked(question);
      // What is kept is kept by country: a copy of it has nothing kept.
      const alone = everybody.map((each) => rendered({ ...country }, question, each));
      const together = { ...country };
      expect(everybody.map((each) => rendered(together, question, each))).toEqual(alone);
      expect(everybody.toReversed().map((each) => rendered(together, question, each))).toEqual(alone.toReversed());
    },
  );

  it("is kept only where it holds codes of its list or nothing", () => {
    const ui = uiFor("sr", country);
    const answered = (name: string, values: readonly string[], wrong = false) => {
      const question = questions.find((each) => each.name === name);
      if (!question) throw new Error(`no question ${name}`);
      const form = formState(new Map([[name, values]]), wrong ? [{ field: name, phrase: WRONG }] : []);
      return isAnsweredInCodes({ ui, country, speech: { voice: "me", address: "adult" }, form }, question);
    };
    expect(answered("frequency", ["daily"])).toBe(true);
    expect(answered("frequency", [])).toBe(true);
    expect(answered("story", [""])).toBe(true);
    expect(answered("frequency", ["daily"], true)).toBe(false);
    expect(answered("frequency", ["Milica"])).toBe(false);
    expect(answered("forms", ["social", "Milica"])).toBe(false);
    expect(answered("story", ["Milica"])).toBe(false);
  });
});
