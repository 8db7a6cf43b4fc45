import { describe, expect, it } from "vitest";
import { loadCountry } from "#country/index.ts";
import { english } from "#messages/en/index.ts";
import { LANGUAGES, translator } from "#messages/messages.ts";
import { serbian } from "#messages/sr/index.ts";
import { WHAT } from "#reporting/questions-what.ts";
import { WHO } from "#reporting/questions-who.ts";
import { mostWordsOf, tooLong } from "../support/hearers.ts";

type Sentences = Readonly<Record<string, string>>;
const BOTH_LANGUAGES: readonly (readonly [string, Sentences])[] = [
  ["Serbian", serbian],
  ["English", english],
];
const country = loadCountry("RS");

const longSentences = (sentences: Sentences) =>
  Object.entries(sentences).flatMap(([key, text]) =>
    tooLong(text, mostWordsOf(key) ?? Number.POSITIVE_INFINITY).map((long) => `${key} ${long}`),
  );

/** "Тријажа" is a word of the desks: nobody outside was ever told what it means. */
const DESK_WORD = /тријаж|trijaž|triage/i;

describe("a sentence", () => {
  it.each(BOTH_LANGUAGES)("has at most twelve words where a child reads it, and twenty for adults, in %s", (_, all) => {
    const limits = Object.keys(all).map(mostWordsOf);
    expect(limits.filter((most) => most === 12).length).toBeGreaterThan(400);
    expect(limits.filter((most) => most === 20).length).toBeGreaterThan(90);
    expect(longSentences(all)).toEqual([]);
  });

  it("would be reported when it is longer, wherever a child reads it", () => {
    const long = "једна два три четири пет шест седам осам девет десет једанаест дванаест тринаест";
    const pages = ["journey.forms.title.me", "tracking.lead", "one.closed", "errors.broken.body", "site.home.lead"];
    const others = ["site.help.lead", "pages.school.long", "learn.lead", "casework.notice.text", "site.away.body"];
    for (const key of [...pages, ...others]) expect(longSentences({ [key]: `${long}.` }), key).toHaveLength(1);
    expect(longSentences({ "tracking.lead": long.replace("шест ", "шест. ") })).toEqual([]);
    for (const mark of [":", ";", ","])
      expect(longSentences({ "tracking.lead": long.replace("шест ", `шест${mark} `) }), mark).toHaveLength(1);
    expect(longSentences({ "journey.x.adult": long, "site.privacy.x": long, "casework.x": long })).toEqual([]);
    expect(longSentences({ "journey.x.adult": "реч ".repeat(21) })).toHaveLength(1);
  });

  it.each(LANGUAGES)("of the country that the public reads has at most twelve words in %s", (language) => {
    const { local } = translator(language);
    const contacts = country.contacts.flatMap(({ name, shortName, forWhom, hours, cost }) => [
      ...[name, shortName, forWhom],
      ...[hours, cost].filter((text) => text !== null),
    ]);
    const rules = country.deskRules.filter(({ id }) => id === "triage.first-reading").map(({ basis }) => basis);
    expect(rules).toHaveLength(1);
    expect([...contacts, ...rules].flatMap((text) => tooLong(local(text), 12))).toEqual([]);
    expect(rules.filter((text) => DESK_WORD.test(local(text)))).toEqual([]);
  });

  it.each(LANGUAGES)(
    "of a list that an adult chooses from has at most twenty words, none of the desks', in %s",
    (language) => {
      const { local } = translator(language);
      const asked = Object.values({ ...WHAT, ...WHO })
        .flat()
        .flatMap((question) => ("source" in question && "list" in question.source ? [question.source.list] : []));
      const labels = asked.flatMap((list) => country.codeLists[list]).map(({ label }) => local(label));
      expect(labels.length).toBeGreaterThan(80);
      expect(labels.filter((label) => tooLong(label, 20).length > 0 || DESK_WORD.test(label))).toEqual([]);
    },
  );

  it.each(BOTH_LANGUAGES)("of the public's pages says who reads, in no word of the desks, in %s", (_, all) => {
    const said = Object.entries(all).filter(([key]) => mostWordsOf(key) !== undefined && key !== "site.triage");
    expect(said.filter(([, text]) => DESK_WORD.test(text))).toEqual([]);
    expect(DESK_WORD.test(all["site.triage"] ?? "")).toBe(true);
  });
});
