import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newLog } from "#platform/log.ts";
import { openTestApp, type TestApp } from "../support/app.ts";
import { newVisitor, type Seen, type Visitor } from "../support/browser.ts";
import { fillDirectory } from "../support/fill-directory.ts";
import { fillReport, numbersOn, signInAs, unpaced } from "../support/journey.ts";
import { listed } from "../support/listed.ts";

let test: TestApp;
let operator: Visitor;
const logged: string[] = [];

beforeAll(async () => {
  const unhurried = unpaced();
  test = await openTestApp({
    ...unhurried,
    platform: { ...unhurried.platform, log: newLog((line) => logged.push(line)) },
  });
  const all = [
    listed("school", "primary_school", "rs-zemun"),
    listed("centre", "csw", "rs-zemun"),
    listed("station", "police", "rs-zemun"),
    listed("inspection", "edu_inspection", "rs-zemun", { fallbackId: "school", desks: [] }),
  ];
  await fillDirectory(test.platform.db, all, "person");
  operator = newVisitor(test);
  await signInAs(operator);
});
afterAll(() => test.close());

const section = ({ text }: Seen) => /<h2>Who answers<\/h2>([\s\S]*?)<\/section>/.exec(text)?.[1] ?? "";
const namesIn = (part: string) => [...part.matchAll(/<li><b>([^<]+)</g)].map(([, name]) => name);

async function openNewest(answers: Parameters<typeof fillReport>[1]): Promise<Seen> {
  const known = numbersOn(await operator.get("/staff/cases"));
  await fillReport(newVisitor(test), answers);
  const number = numbersOn(await operator.get("/staff/cases")).find((each) => !known.includes(each));
  return operator.get(`/staff/cases/${number}`);
}

describe("who answers for a case", () => {
  it("stands on its page, with the rule, and leads with its codes to the reasons", async () => {
    const seen = await openNewest({ "8": { perpetrator_type: "parent" } });
    expect(namesIn(section(seen))).toEqual(["centre", "station"]);
    expect(section(seen)).toContain("police or prosecutor are told at once");
    expect(section(seen)).not.toContain("Instead of");
    const [, why = ""] = /href="([^"]+)"/.exec(section(seen)) ?? [];
    const path = why.replaceAll("&amp;", "&");
    expect(path).toBe("/staff/routing?place=rs-zemun&setting=family&harmer=parent&form=physical");
    expect((await operator.get(path)).text).toContain('<h3><a class="way" href="/staff/institutions/centre">');
  });

  it("is never the school whose employee harms, and says who is asked and who is missing", async () => {
    const seen = await openNewest({
      "5": { environment: "education", territory: "rs-zemun" },
      "5/school": { institution: "school" },
      "8": { perpetrator_type: "school_staff" },
    });
    expect(namesIn(section(seen))).toEqual(["centre", "station"]);
    expect(section(seen)).toContain("Nobody found: Education inspection, School administration");
    expect(section(seen)).toContain("at=school");
  });

  it("does not keep a case shut where it cannot be found out, and tells the log what kind of error it was", async () => {
    const { number } =
      /\/staff\/cases\/(?<number>[\d-]+)/.exec((await operator.get("/staff/cases")).text)?.groups ?? {};
    await test.database.raw("alter table institution_area rename to away");
    const seen = await operator.get(`/staff/cases/${number}`);
    await test.database.raw("alter table away rename to institution_area");
    expect(seen.status).toBe(200);
    expect(section(seen)).toContain("Who answers could not be found out");
    expect(seen.text).toContain('id="assessment"');
    expect(logged.filter((line) => line.includes("who answers was not found out"))).toHaveLength(1);
  });

  it("knows from the opened report that whoever harms is under 14, and leaves the age out of every address", async () => {
    const at = { environment: "community", territory: "rs-zemun" };
    const young = await openNewest({ "5": at, "8": { perpetrator_type: "peer", perpetrator_age: "11_13" } });
    expect(namesIn(section(young))).toEqual(["centre"]);
    expect(section(young)).toContain("A child under 14 answers neither for a crime nor for a misdemeanour.");
    expect(section(young)).toContain("The age of whoever harms counts above.");
    expect(young.text).not.toContain("age=");
    const older = await openNewest({ "5": at, "8": { perpetrator_type: "peer", perpetrator_age: "15" } });
    expect(namesIn(section(older))).toEqual(["centre", "station"]);
  });

  it("says for whom a body only stands in, and that the desk has to call those whom nobody reaches", async () => {
    const seen = await openNewest({ "4": { forms: ["self_harm_risk"], story: "x", truthful: "yes" } });
    expect(namesIn(section(seen))).toEqual(["centre"]);
    expect(section(seen)).toContain("Instead of: Health centre or hospital (nobody is entered for this municipality)");
    expect(section(seen)).toContain("call them yourselves");
  });

  it("is found in the town of the school, though another municipality was typed, and the page says so", async () => {
    const seen = await openNewest({
      "5": { environment: "education", territory: "rs-becej" },
      "5/school": { institution: "school" },
      "8": { perpetrator_type: "school_staff" },
    });
    expect(namesIn(section(seen))).toEqual(["centre", "station"]);
    expect(seen.text).toContain("<bdi>school (Belgrade – Zemun)</bdi>");
    expect(section(seen)).toContain("in another municipality (Belgrade – Zemun), not in the one given (Bečej)");
    const home = await openNewest({ "8": { perpetrator_type: "parent" } });
    expect(section(home)).not.toContain("in another municipality");
  });

  it("says so where the municipality is not known", async () => {
    const seen = await openNewest({ "5": { environment: "family", territory: "unsure" } });
    expect(section(seen)).toContain("The municipality is not known");
  });
});
