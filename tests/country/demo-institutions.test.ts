import { describe, expect, it } from "vitest";
import { parseDemoInstitutions } from "#country/demo-institutions.ts";
import { type DemoInstitution, demoInstitutions, loadCountry } from "#country/index.ts";

const serbia = loadCountry("RS");
const institutions = demoInstitutions(serbia);
const towns = serbia.territories.filter(({ kind }) => kind === "municipality");

describe("the demo institutions of Serbia", () => {
  it("every municipality has a school, a centre for social work, police and a health centre", () => {
    for (const type of ["primary_school", "csw", "police", "health"]) {
      const places = institutions.filter((institution) => institution.type === type).map(({ territory }) => territory);
      expect(places.toSorted()).toEqual(towns.map(({ code }) => code).toSorted());
    }
  });

  it("one triage team and one contact centre receive reports", () => {
    const count = (type: string) => institutions.filter((institution) => institution.type === type).length;
    expect(["triage", "contact_center"].map(count)).toEqual([1, 1]);
  });

  it("a part of a name finds several schools in different towns", () => {
    const found = institutions.filter(({ type, name }) => type === "primary_school" && name.sr.includes("Река"));
    expect(found.map((institution) => institution.territory)).toEqual(["rs-nis", "rs-kragujevac"]);
  });

  it("the contact centre takes over for the triage team, and the ministry is told when nobody there answers", () => {
    const triage = institutions.find((institution) => institution.type === "triage");
    expect(triage?.desk.fallback).toBe("demo-contact-center");
    expect(triage?.supervisor).toBe("demo-min");
  });

  it("everybody but the highest bodies has somebody named who takes over", () => {
    const without = institutions.filter(({ type, standIn }) => type !== "triage" && standIn === undefined);
    expect(without.map(({ identifier }) => identifier)).toEqual(["demo-vjt", "demo-min", "demo-zg"]);
  });

  it("a country without demo institutions is an error", () => {
    expect(() => demoInstitutions({ ...serbia, code: "XX" })).toThrow('no demo institutions for "XX"');
  });
});

describe("faulty demo institutions are refused", () => {
  it.each<[string, string, Partial<DemoInstitution>]>([
    ["an identifier without demo-", "identifier", { identifier: "os-primer" }],
    ["an identifier twice", "demo-triage stands here 2 times", { identifier: "demo-triage" }],
    ["an unknown type", "no institution type choir", { type: "choir" }],
    ["an unknown municipality", "no municipality rs-vojvodina", { territory: "rs-vojvodina" }],
    ["an unknown fallback", "no other institution demo-x", { desk: { name: serbia.name, fallback: "demo-x" } }],
    ["a gendered name", "two genders", { name: { sr: "Ђак/иња", en: "Pupil" } }],
  ])("%s", (_, fault, change) => {
    const [one, ...others] = institutions;
    expect(() => parseDemoInstitutions(serbia, [{ ...one, ...change }, ...others])).toThrow(fault);
  });

  it("a desk that falls back on itself", () => {
    const itself = institutions.map((one) => ({ ...one, desk: { ...one.desk, fallback: one.identifier } }));
    expect(() => parseDemoInstitutions(serbia, itself)).toThrow("no other institution demo-triage to fall back on");
  });
});
