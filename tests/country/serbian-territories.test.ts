import { describe, expect, it } from "vitest";
import { areasAround, loadCountry, municipalities, neighboursOf, type Territory } from "#country/index.ts";
import { toLatin } from "#messages/latin.ts";

const serbia = loadCountry("RS");
const places = municipalities(serbia);
const districts = serbia.territories.filter(({ kind }) => kind === "district");

/** Municipalities, cities and city municipalities, by the number of the district in the state's register. */
const SIZES = {
  ...{ "00": 17, "01": 3, "02": 5, "03": 6, "04": 8, "05": 4, "06": 12, "07": 7, "08": 8, "09": 6, "10": 3, "11": 9 },
  ...{ "12": 7, "13": 6, "14": 4, "15": 4, "16": 11, "17": 4, "18": 5, "19": 6, "20": 12, "21": 4, "22": 4, "23": 6 },
  ...{ "24": 8 },
};

describe("the territories of Serbia", () => {
  it("there are four regions, 24 districts and Belgrade", () => {
    const inRegion = serbia.territories
      .filter(({ kind }) => kind === "region")
      .map(({ code }) => [code, districts.filter(({ parent }) => parent === code).length]);
    expect(Object.fromEntries(inRegion)).toEqual({
      "rs-beograd-region": 1,
      "rs-vojvodina": 7,
      "rs-sumadija-zapadna-srbija": 8,
      "rs-juzna-istocna-srbija": 9,
    });
  });

  it("each district has all its municipalities", () => {
    const sizes = districts.map(({ code, official }) => [official, places.filter(isIn(code)).length]);
    expect(Object.fromEntries(sizes)).toEqual(SIZES);
  });

  it("they are the 145 local governments outside Kosovo and Metohija, with the city municipalities of five cities", () => {
    const parts = places.filter(({ name }) => name.sr.includes(" – "));
    const others = ["rs-vranjska-banja", "rs-kostolac", "rs-sevojno"];
    expect(parts).toHaveLength(17 + 5);
    expect(places.map(({ code }) => code)).toEqual(expect.arrayContaining(others));
    expect(places.length - parts.length - others.length + ["Belgrade"].length).toBe(145);
  });

  it("what holds for a city holds for its parts: those of Niš, Vranje, Požarevac and Užice", () => {
    const parts = places.flatMap(({ code, city }) => (city === undefined ? [] : [`${city} ${code}`]));
    const ofNis = ["rs-medijana", "rs-niska-banja", "rs-palilula-nis", "rs-pantelej", "rs-crveni-krst"];
    const others = ["rs-pozarevac rs-kostolac", "rs-uzice rs-sevojno", "rs-vranje rs-vranjska-banja"];
    expect(parts.toSorted()).toEqual([...ofNis.map((code) => `rs-nis ${code}`), ...others].toSorted());
    const above = ["rs-nis", "rs-nisavski", "rs-juzna-istocna-srbija", "country"];
    expect(areasAround(serbia, "rs-medijana")).toEqual(["rs-medijana", ...above]);
    expect(areasAround(serbia, "rs-nis")).toEqual(above);
    expect(areasAround(serbia, "rs-atlantis")).toEqual(["country"]);
  });

  it("a municipality's number has five digits, the last of which checks the others", () => {
    expect(places.filter(({ official = "" }) => !isNumber(official)).map(({ code }) => code)).toEqual([]);
    expect(isNumber("80285")).toBe(false);
  });

  it("the English name is the Serbian one in Latin letters, with Belgrade in English", () => {
    const english = ({ name }: Territory) => name.en.replace("Belgrade", "Beograd").toLowerCase();
    const wrong = places.filter((place) => english(place) !== toLatin(place.name.sr).toLowerCase());
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });

  it("no two municipalities have one name", () => {
    for (const lang of ["sr", "en"] as const)
      expect(new Set(places.map(({ name }) => name[lang])).size).toBe(places.length);
  });

  it("a code is the name in plain letters, with the city where two are called the same", () => {
    const plain = ({ name }: Territory) => `rs-${plainOf(toLatin(name.sr).split(" – ").at(-1) ?? "")}`;
    const other = places.filter((place) => plain(place) !== place.code).map(({ code }) => code);
    expect(other).toEqual(["rs-palilula-beograd", "rs-palilula-nis"]);
  });
});

describe("the neighbours of Serbia's municipalities", () => {
  it("one can walk from any municipality to any other", () => {
    expect(reachedFrom("rs-subotica").size).toBe(places.length);
  });

  it.each([
    ["rs-sokobanja", ["rs-aleksinac", "rs-boljevac", "rs-knjazevac", "rs-razanj", "rs-svrljig"]],
    ["rs-vlasotince", ["rs-babusnica", "rs-crna-trava", "rs-gadzin-han", "rs-leskovac"]],
    ["rs-odzaci", ["rs-apatin", "rs-bac", "rs-backa-palanka", "rs-kula", "rs-sombor", "rs-vrbas"]],
    ["rs-presevo", ["rs-bujanovac"]],
  ])("those of %s are what its own page says", (code, wanted) => {
    expect(neighboursOf(serbia, code).map((place) => place.code)).toEqual(wanted);
  });

  it("a city is the neighbour of its city municipalities", () => {
    const parts = places.filter(({ name }) => name.sr.startsWith("Ниш – ")).map(({ code }) => code);
    expect(neighboursOf(serbia, "rs-nis").map(({ code }) => code)).toEqual(expect.arrayContaining(parts));
  });
});

function isIn(code: string) {
  return ({ parent }: Territory) => parent === code;
}

/** Whether the fifth digit fits the four before it, as in every number of the register. */
function isNumber(official: string): boolean {
  const digits = [...official].map(Number);
  const sum = [5, 4, 3, 2].reduce((total, weight, index) => total + weight * (digits[index] ?? Number.NaN), 0);
  return digits.length === 5 && digits[4] === ((11 - (sum % 11)) % 11) % 10;
}

function plainOf(latin: string): string {
  const plain = latin.toLowerCase().replaceAll("đ", "dj").normalize("NFD").replace(/\p{M}/gu, "");
  return plain.replaceAll(" ", "-");
}

function reachedFrom(start: string): ReadonlySet<string> {
  const reached = new Set([start]);
  for (const code of reached) for (const next of neighboursOf(serbia, code)) reached.add(next.code);
  return reached;
}
