import { describe, expect, it } from "vitest";
import {
  codeLabel,
  emergencyContacts,
  isCode,
  loadCountry,
  municipalities,
  municipality,
  neighboursOf,
  shownHours,
  territoryName,
} from "#country/index.ts";

const serbia = loadCountry("RS");

describe("codes", () => {
  it("a code has a label in both languages", () => {
    expect(codeLabel(serbia, "violence_form", "unsure")).toEqual({ sr: "Не знам сигурно", en: "I am not sure" });
  });

  it("asking for the label of an unknown code is an error that names list and code", () => {
    expect(() => codeLabel(serbia, "sex", "physical")).toThrow('the list sex holds no code "physical"');
  });

  it("a code belongs to its own list only", () => {
    expect(isCode(serbia, "violence_form", "physical")).toBe(true);
    expect(isCode(serbia, "sex", "physical")).toBe(false);
    expect(isCode(serbia, "sex", "toString")).toBe(false);
  });
});

describe("territories", () => {
  it("municipalities are listed without regions and districts", () => {
    expect(municipalities(serbia).map((place) => place.code)).toContain("rs-novi-sad");
    expect(municipalities(serbia).every((place) => place.kind === "municipality")).toBe(true);
  });

  it("a municipality is found by its code, a district is none", () => {
    expect(municipality(serbia, "rs-novi-sad")).toMatchObject({ official: "80284", parent: "rs-juznobacki" });
    expect(["rs-juznobacki", "rs-atlantis", "toString"].map((code) => municipality(serbia, code))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("another pack has its own places, also with the same code", () => {
    const [first] = municipalities(serbia);
    const other = { ...serbia, territories: serbia.territories.filter(({ code }) => code !== first?.code) };
    expect(municipality(other, first?.code ?? "")).toBeUndefined();
    expect(municipality(serbia, first?.code ?? "")).toBe(first);
  });

  it("neighbours are given as municipalities", () => {
    expect(neighboursOf(serbia, "rs-apatin").map(({ name }) => name.sr)).toEqual(["Оџаци", "Сомбор"]);
    expect(() => neighboursOf(serbia, "rs-vojvodina")).toThrow('no municipality "rs-vojvodina"');
  });

  it("a territory of any kind has a name", () => {
    expect(territoryName(serbia, "rs-nis").sr).toBe("Ниш");
    expect(territoryName(serbia, "rs-vojvodina").en).toBe("Region of Vojvodina");
  });

  it("asking for the name of an unknown territory is an error that names it", () => {
    expect(() => territoryName(serbia, "rs-atlantis")).toThrow('no territory "rs-atlantis"');
  });
});

describe("contacts", () => {
  it("the emergency bar holds police, ambulance and the children's line, in this order", () => {
    expect(emergencyContacts(serbia).map((contact) => contact.display)).toEqual(["192", "194", "116 111"]);
  });

  it("unverified hours are not shown", () => {
    expect(serbia.contacts.some((contact) => contact.hours !== null)).toBe(true);
    expect(serbia.contacts.map(shownHours).filter((hours) => hours !== null)).toEqual([]);
  });

  it("hours are shown once a person has verified them", () => {
    const [police] = serbia.contacts;
    if (police === undefined) throw new Error("the pack has no contact");
    expect(shownHours({ ...police, verifiedOn: "2026-11-22" })).toEqual(police.hours);
  });
});
