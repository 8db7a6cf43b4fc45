import { describe, expect, it } from "vitest";
import { loadCountry, parseCountry } from "#country/index.ts";

type Change = readonly [path: string, value: unknown];

const REMOVED = Symbol("removed");

const serbia = loadCountry("RS");
const FIRST = `territories.${serbia.territories.findIndex(({ code }) => code === "rs-stari-grad")}`;
const SECOND = `territories.${serbia.territories.findIndex(({ code }) => code === "rs-barajevo")}`;
const NIS = `territories.${serbia.territories.findIndex(({ code }) => code === "rs-nis")}`;
const emptyBar = serbia.contacts.map((contact) => ({ ...contact, emergencyBar: false }));

describe("a faulty pack is refused", () => {
  it("the pack itself passes", () => {
    expect(parseCountry(spoilt())).toEqual(serbia);
  });

  it.each<[what: string, fault: string, ...Change]>([
    ["a code twice in a list", "f stands here a second time", "codeLists.sex.1.code", "f"],
    ["a language twice", "sr stands here a second time", "languages.1.tag", "sr"],
    ["an unknown language", "languages[0].tag", "languages.0.tag", "xx"],
    ["a contact twice", "police stands here a second time", "contacts.1.id", "police"],
    ["a territory twice", "rs-vojvodina stands here a second time", "territories.0.code", "rs-vojvodina"],
    ["a desk rule twice", "first-reading stands here a second time", "deskRules.1", serbia.deskRules[0]],
    ["an unknown parent", "lies in unknown territory", "territories.4.parent", "rs-nowhere"],
    ["a region inside a region", "lies in region, not in nothing", "territories.0.parent", "rs-vojvodina"],
    ["a district in nothing", "lies in nothing, not in region", "territories.4.parent", null],
    ["a part of no city", "rs-stari-grad is no part of rs-nowhere", `${FIRST}.city`, "rs-nowhere"],
    ["a part of a city elsewhere", "rs-stari-grad is no part of rs-nis", `${FIRST}.city`, "rs-nis"],
    ["a part of a part", "rs-nis is no part of rs-medijana", `${NIS}.city`, "rs-medijana"],
    ["an official number twice", "70246 stands here a second time", `${SECOND}.official`, "70246"],
    ["an official number with a space", `${SECOND.replace(".", "[")}].official`, `${SECOND}.official`, "70 092"],
    ["a neighbour twice", "rs-zemun stands here a second time", `${FIRST}.neighbours`, ["rs-zemun", "rs-zemun"]],
    ["a place beside itself", "rs-stari-grad is its own neighbour", `${FIRST}.neighbours`, ["rs-stari-grad"]],
    ["a district next door", "rs-sremski, which is no municipality", `${FIRST}.neighbours`, ["rs-sremski"]],
    ["a place unknown next door", "rs-nowhere, which is no municipality", `${FIRST}.neighbours`, ["rs-nowhere"]],
    ["neighbours of one side", "rs-ada, but not the other way round", `${FIRST}.neighbours`, ["rs-ada"]],
    ["a border left out", "borders on rs-stari-grad, but not the other way", `${FIRST}.neighbours`, REMOVED],
    ["a district with neighbours", "has neighbours and is a district", "territories.4.neighbours", ["rs-ada"]],
    ["a missing code list", "codeLists.measure", "codeLists.measure", REMOVED],
    ["an unknown code list", 'Unrecognized key: "colour"', "codeLists.colour", serbia.codeLists.sex],
    [
      "a short label that is long",
      "short label has more than 17",
      "codeLists.sex.0.short",
      { sr: "Ж".repeat(18), en: "F" },
    ],
    ["a short label in one language", "codeLists.sex[0].short.en", "codeLists.sex.0.short", { sr: "Ж" }],
    ["an empty code list", "codeLists.sex", "codeLists.sex", []],
    ["an unknown field", 'Unrecognized key: "colour"', "colour", "red"],
    ["an empty emergency bar", "no contact is marked for the emergency bar", "contacts", emptyBar],
    ["a misread number", "shows 193 but dials 192", "contacts.0.display", "193"],
    ["letters in a number", "contacts[0].number", "contacts.0.number", "police"],
    ["a contact without source", "contacts[0].source", "contacts.0.source", ""],
    ["an impossible day of checking", "contacts[0].verifiedOn", "contacts.0.verifiedOn", "2026-02-30"],
    ["an impossible holiday", "Invalid ISO date", "holidays.0.date", "2025-02-30"],
    ["holidays out of order", "2026-05-02 does not come after", "holidays", serbia.holidays.toReversed()],
    ["a holiday twice", "2026-01-01 does not come after 2026-01-01", "holidays.1.date", "2026-01-01"],
    ["a holiday without source", "holidays[0].source", "holidays.0.source", ""],
    ["a rule for no desk", "choir is no institution type", "deskRules.0.deskType", "choir"],
    ["a need twice", "the need 9 stands here a second time", "needs.1.id", 9],
    ["a need that no type answers", 'there is no "choir"', "needs.0.types", ["choir"]],
    ["a need that calls a stranger", 'there is no "stranger"', "needs.0.contacts", ["stranger"]],
    ["help that nobody gives", 'there is no "choir"', "helpFirst", ["choir"]],
    ["a type that says nothing", "nothing says what csw does", "duties.csw", REMOVED],
    ["what no type does", 'there is no "choir"', "duties.choir", serbia.duties.csw],
    ["too little said", "duties.csw.does", "duties.csw.does", serbia.duties.csw?.does.slice(0, 2)],
    ["schools of no type", 'there is no "choir"', "educationalTypes", ["choir"]],
    ["a rule without time", "deskRules[0].hours", "deskRules.0.hours", 0],
    ["a rule for no age", 'there is no code "old"', "competence.rules.0.ages", ["old"]],
    ["a rule for a type that is none", 'there is no code "choir"', "competence.notFirst.0.types", ["choir"]],
    ["a rule without a source", "competence.notFirst[0].source", "competence.notFirst.0.source", ""],
    ["a rule for a place that no setting has", "asks for a place", "competence.rules.0.settings", ["family"]],
    ["stand-ins in a circle", "stands in for itself", "competence.standIns.contact_center", "csw"],
    ["silence after no day", "silence.days", "silence.days", 0],
    ["an unknown time zone", "no such time zone", "timeZone", "Europe/Atlantis"],
    ["leaving without encryption", "leaveTo", "leaveTo", "http://example.org/"],
    ["an empty label", "a text is empty", "name.sr", " "],
    ["a label in one language", "name.en", "name.en", REMOVED],
    ["a Latin letter in a Serbian word", 'Latin letters in Serbian Cyrillic: "Србијa"', "name.sr", "Србијa"],
    ["a Latin word in Serbian", "Latin letters in Serbian Cyrillic", "name.sr", "Порука на Viber"],
    ["a Cyrillic letter in an English word", "Cyrillic letters in English", "name.en", "Sеrbia"],
    ["a gendered slash", "two genders", "name.sr", "Нисам сигуран/на"],
    ["a gendered slash between words", "two genders", "name.sr", "Друг/другарица"],
    ["a gendered bracket", "two genders", "name.sr", "Видео(ла)"],
  ])("%s", (_, fault, ...change) => {
    expect(() => parseCountry(spoilt(change))).toThrow(fault);
  });

  it("one error lists every fault", () => {
    const pack = spoilt(["name.sr", ""], ["codeLists.sex.1.code", "f"], ["contacts.0.display", "193"]);
    expect(() => parseCountry(pack)).toThrow(/a text is empty.*f stands here a second time.*dials 192/su);
  });
});

describe("a text that only looks faulty passes", () => {
  it.each(["ЛГБТИ+ (LGBTI)", "Доступно 24/7", "Порука или SMS", "Вештачка интелигенција (AI)"])("%s", (name) => {
    expect(parseCountry(spoilt(["name.sr", name])).name.sr).toBe(name);
  });
});

/** The pack of Serbia with some values replaced, each at a path such as `contacts.0.id`. */
function spoilt(...changes: readonly Change[]): unknown {
  const pack: object = structuredClone(serbia);
  for (const [path, value] of changes) {
    const keys = path.split(".");
    const key = keys.pop() ?? "";
    const owner: object = keys.reduce((inner: object, each) => Reflect.get(inner, each), pack);
    if (value === REMOVED) Reflect.deleteProperty(owner, key);
    else Reflect.set(owner, key, value);
  }
  return pack;
}
