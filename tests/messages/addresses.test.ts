import { describe, expect, it } from "vitest";
import samples from "#demo/sample-reports.json" with { type: "json" };
import { serbian } from "#messages/sr/index.ts";
import { speechOf } from "#reporting/voice.ts";
import { type Hearer, hearerOf } from "../support/hearers.ts";

type Sentences = Readonly<Record<string, string>>;

/** What stands in quotes is said by somebody else, or is the name of a button. */
const own = (text: string) => text.replace(/\{\w+\}|„[^“]*“/g, "");
const wordsOf = (text: string) => own(text).match(/\p{L}+/gu) ?? [];
const beginningsOf = (text: string) =>
  [...own(text).matchAll(/(?:^|[.!?:;]\s*)(\p{L}+)/gu)].map(([, word = ""]) => word.toLowerCase());

const FORMAL = /^(ви|вас|вам|вама|ваш(?:а|е|у|и|ег|ем|ој|ом|их|им|има|ега|ему)?)$/i;
/** Words that end as a verb of "Ви" does and are none. */
const NO_VERBS = ["дете", "таблете", "користе"];
const isFormal = (word: string) => FORMAL.test(word) || (/.те$/i.test(word) && !NO_VERBS.includes(word.toLowerCase()));

const FAMILIAR =
  /^(ти|те|тебе|теби|тобом|твој(?:а|е|у|и|ег|ем|ој|ом|их|им|има|ега|ему)?|твом|твог|си|ниси|јеси|буди)$/i;
/** Words that end as a verb of "ти" does and are none. */
const NO_FAMILIAR_VERBS = ["још", "баш", "наш", "ваш", "лош"];
const isFamiliar = (word: string) =>
  FAMILIAR.test(word) || (/.ш$/i.test(word) && !NO_FAMILIAR_VERBS.includes(word.toLowerCase()));

/** "Пишите" makes "пиши": every order that an adult is given is one that a child would be given in other letters. */
const orders = new Set(
  Object.entries(serbian)
    .filter(([key]) => hearerOf(key) !== "child")
    .flatMap(([, text]) => wordsOf(text))
    .flatMap((word) => (/(и|ј)те$/i.test(word) ? [word.slice(0, -2).toLowerCase()] : [])),
);
/** Plural nouns and verbs of "he" or "it" that look like orders. */
const NO_ORDERS = ["одговори", "види", "говори", "ради"];
/** An order within a sentence joins another one; after "да" or "се" the same letters are a verb of "it". */
const JOINED =
  /(?:,|(?<!\p{L})(?:па|и|или|прво))\s+((?:на|у|пре)?пиши|притисни|позови|сачекај|изабери|избриши|пошаљи|сачувај|реци|испразни|прескочи|погледај|додај|укуцај|врати|укључи|искључи|затвори|остави)(?!\p{L})/giu;
const ordersIn = (text: string) => [
  ...[...own(text).matchAll(JOINED)].map(([, word = ""]) => word),
  ...beginningsOf(text).filter((word) => orders.has(word) && !NO_ORDERS.includes(word)),
];

/** What a person tells the page, on a button or a link: every program's orders are short ones, whoever presses. */
const COMMANDS =
  /^(journey\.(continue|skip|back|save|sendNow|help\.continue|school\.search|check\.(change|send)|start\.begin|done\.track|sent\.code)|one\.send|team\.fallback\.confirm|tracking\.(open|add\.send|busy\.(again|stop)|close)|pages\.(nav\.learn|school\.(on|off|end))|site\.(leave|nav\.report|away\.continue)|accounts\.(language\.change|setup\.send|password\.change|confirm\.send|factor\.(send|set|replace)|lost\.send|recover\.send|recoveryCode\.renew|invited\.(again\.)?send)|people\.(role\.change|close|close\.anyway|signOut)|team\.(admit|recover)|invite\.(link|send|make|sendNow|renew)|audit\.(show|clear)|exclusions\.(share|send|find|lift|add|change)|deadlines\.extend\.send|access\.(send|grant\.(one|few|other)|refuse|end)|find\.show|content\.(choose|publish(\.chosen)?|withdraw)|accounts\.start\.content\.read|routing\.(show|clear|holes\.(check|clear))|opening\.(add\.save|plan\.remove(Which)?|behalf\.begin|confirm\.save)|casework\.([\w.]+\.(save|send|show|clear)|inbox\.clear|filter\.show|changed\.(again|back)|shelf\.(keep|spam))|registry\.(add|save|change|show|clear|empty\.import|tied\.all|edit|reopen|end(\.(all|do|leave))?|changed\.(save|leave)|(desk|contact|absence)\.(add|change|remove|undo))|imports\.(look|discard|again|apply(Right)?\.\w+))$/;

function calledWrongly(key: string, text: string): string[] {
  const hearer: Hearer = hearerOf(key);
  const formal = hearer === "adult" || hearer === "staff" ? [] : wordsOf(text).filter(isFormal);
  if (hearer === "child") return formal;
  return [...formal, ...wordsOf(text).filter(isFamiliar), ...(COMMANDS.test(key) ? [] : ordersIn(text))];
}

const faultsOf = (sentences: Sentences) =>
  Object.entries(sentences).flatMap(([key, text]) => {
    const wrong = calledWrongly(key, text);
    return wrong.length > 0 ? [`${key}: ${wrong.join(", ")} (${text})`] : [];
  });

describe("how Serbian calls who reads", () => {
  it("a child is ti, an adult and the staff are Vi, and what both read calls them neither", () => {
    expect(faultsOf(serbian)).toEqual([]);
  });

  it("the desk of the demonstration writes to each as the pages speak to them", () => {
    const calledAs = (address: string, text: string) => [
      ...calledWrongly(`demo.${address}`, text),
      // An order stands in the middle of what a person writes too.
      ...(address === "adult" ? wordsOf(text).filter((word) => orders.has(word.toLowerCase())) : []),
    ];
    const wrong = samples.flatMap(({ answers, question = "", answer = "" }) =>
      calledAs(speechOf(answers.role, undefined).address, `${question} ${answer}`),
    );
    expect(wrong).toEqual([]);
    expect(calledAs("adult", "За питања о терминима обрати се школи.")).toEqual(["обрати"]);
    expect(calledAs("young", "За питања о терминима обратите се школи.")).toEqual(["обратите"]);
  });

  it("staff and adults are Vi with a capital letter", () => {
    const small = Object.entries(serbian).filter(
      ([key, text]) =>
        hearerOf(key) !== "child" && wordsOf(text).some((word) => /^(вас|вам|вама|ваш\p{L}*)$/u.test(word)),
    );
    expect(small).toEqual([]);
  });

  it("every hearer has sentences, and every command is a sentence of at most six words", () => {
    const keys = Object.keys(serbian);
    for (const [hearer, least] of [
      ["child", 100],
      ["adult", 60],
      ["staff", 150],
      ["both", 250],
    ] as const)
      expect(keys.filter((key) => hearerOf(key) === hearer).length, hearer).toBeGreaterThan(least);
    const commands = Object.entries(serbian).filter(([key]) => COMMANDS.test(key));
    expect(commands.length).toBeGreaterThan(20);
    expect(commands.filter(([, text]) => wordsOf(text).length > 6)).toEqual([]);
  });
});

const CAUGHT: Readonly<Record<Exclude<Hearer, "child">, readonly [key: string, ...broken: readonly string[]]>> = {
  both: [
    "journey.gone.body",
    ...[
      "Почни поново. Покушај касније",
      "Прво напиши нешто",
      "Довољно је, па укључи то",
      "Не бој се, позови",
      "Ово је твоја шифра",
      "Можеш и без имена",
    ],
    ...[
      "Нађи кога волиш",
      "Ако хоћеш, стани",
      "Видимо те",
      "Кажи ко си",
      "Притисните дугме",
      "Ваша шифра",
      "Ако можете",
      "Да ли сте сами",
    ],
    ...["Зовемо вас", "Имате поруку", "Јавимо Вам"],
  ],
  adult: [
    "journey.x.adult",
    "Јавимо ти се",
    "Ако желиш",
    "Можете, па притисни дугме",
    "О твом детету",
    "Кога се бојиш",
  ],
  staff: ["accounts.x", "Упиши лозинку.", "Твој налог", "Ако заборавиш лозинку", "Провери и покушајте"],
};
const FINE: readonly (readonly [key: string, text: string])[] = [
  ["journey.gone.body", "Да ли дете има повреда?"],
  ["journey.gone.body", "Још није лош дан. Наш тим чита."],
  ["journey.gone.body", "Одговори са списка нису запечаћени."],
  ["journey.continue", "Настави"],
  ["journey.x.adult", "Можете да изаберете."],
  ["journey.x.young", "Можеш да изабереш."],
  ["learn.x", "Реци некоме."],
];

describe("the check", () => {
  it.each(Object.values(CAUGHT).flatMap(([key, ...broken]) => broken.map((text) => ({ key, text }))))(
    "finds “$text” under $key",
    ({ key, text }) => {
      expect(faultsOf({ [key]: text })).toHaveLength(1);
    },
  );

  it.each(["Пишите нам", "Ваша шифра", "Ако сте", "Имате ли", "Кад будете"])("finds “%s” said to a child", (text) => {
    expect(faultsOf({ "journey.x.young": text })).toHaveLength(1);
  });

  it.each(FINE)("leaves %s alone: “%s”", (key, text) => {
    expect(faultsOf({ [key]: text })).toEqual([]);
  });
});
