import { brotliCompressSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { loadCountry } from "#country/index.ts";
import { isMessageKey } from "#messages/messages.ts";
import { formState } from "#platform/http/form.ts";
import { assetText } from "#platform/views/assets.ts";
import { uiFor } from "#platform/views/ui.ts";
import { drawingOf } from "#reporting/drawings.ts";
import type { Choice } from "#reporting/question.ts";
import { WHAT } from "#reporting/questions-what.ts";
import { WHO } from "#reporting/questions-who.ts";
import { showQuestions } from "#reporting/show-questions.ts";
import { type Address, VOICES } from "#reporting/voice.ts";

const country = loadCountry("RS");
const ui = uiFor("sr", country);
const questions = Object.values({ ...WHAT, ...WHO }).flat();
const lists = questions.filter((question): question is Choice & { source: { list: string } } => {
  return "source" in question && "list" in question.source;
});
/** An employee is an adult whatever words they choose, and is asked about themselves in an adult's words. */
const CHILDREN = VOICES.filter((voice) => voice !== "employee");

/** Said in two sentences for all lists: not sure, and do not want to say. */
const BELOW = ["unsure", "unknown", "undisclosed"];

function optionsOf(question: Choice, address: Address, voice = CHILDREN[0]) {
  const speech = { voice: voice ?? "me", address };
  const [shown] = showQuestions({ ui, country, speech, form: formState(new Map()) }, [question]);
  if (shown?.part === "choices") return [...shown.props.options, ...shown.props.others];
  return shown?.part === "select" ? shown.props.options : [];
}

describe("what a child can choose", () => {
  it.each(lists.map((question) => [question.name, question] as const))("%s: each in plain words of its own", (_, q) => {
    for (const voice of CHILDREN) {
      const plain = q.plain?.({ voice, address: "young" });
      const shown = optionsOf(q, "young", voice).map(({ value }) => value);
      const left = shown.filter((code) => !isMessageKey(`${plain}.${code}`) && !BELOW.includes(code));
      expect(left).toEqual([]);
    }
  });

  it("is never more than an adult can, and has the same codes", () => {
    expect(lists.length).toBeGreaterThan(10);
    for (const question of lists) {
      const all = optionsOf(question, "adult").map(({ value }) => value);
      const fewer = optionsOf(question, "young").map(({ value }) => value);
      expect(fewer.filter((code) => !all.includes(code))).toEqual([]);
      expect(fewer.length, question.name).toBeLessThanOrEqual(17);
    }
  });

  it("has a drawing beside each of its choices or beside none", () => {
    const drawn = questions.filter((question): question is Choice => "drawn" in question);
    expect(drawn.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        "role",
        "identity",
        "forms",
        "environment",
        "frequency",
        "perpetrator_type",
        "access",
        "told",
      ]),
    );
    for (const question of drawn) {
      const [shown] = showQuestions(
        { ui, country, speech: { voice: "me", address: "young" }, form: formState(new Map()) },
        [question],
      );
      if (shown?.part !== "choices") throw new Error(`${question.name} has no boxes to draw beside`);
      expect(
        shown.props.options.filter(({ drawing }) => !drawing).map(({ value }) => `${question.name} ${value}`),
      ).toEqual([]);
    }
  });
});

describe("the file of drawings", () => {
  const drawings = assetText("drawings.svg");
  const codes = new Set(Object.values(country.codeLists).flatMap((list) => list.map(({ code }) => code)));
  const own = ["yes", "no", "nobody", "health", "helpline", "police"];

  it("holds none that nothing shows, and none twice", () => {
    const symbols = [...drawings.matchAll(/<symbol id="(\w+)-(\w+)" [^>]*>(.*?)<\/symbol>/g)];
    expect(symbols.length).toBeGreaterThan(40);
    expect(
      symbols.filter(([, , code = ""]) => !codes.has(code) && !own.includes(code)).map(([, , code]) => code),
    ).toEqual([]);
    expect(new Set(symbols.map(([, , , picture]) => picture)).size).toBe(symbols.length);
    expect(drawingOf("form-nothing")).toBeUndefined();
  });

  it("costs a slow phone at most two kilobytes", () => {
    expect(brotliCompressSync(drawings).length).toBeLessThan(2048);
  });
});
