import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { NOON, openTestApp, type TestApp } from "../support/app.ts";
import { newVisitor, type Seen, type Visitor } from "../support/browser.ts";
import { fillReport, numbersOn, signInAs, track, unpaced } from "../support/journey.ts";
import { forgetBareCases, insertBareCases, numberAt } from "./rows.ts";

const HOUR = 3_600_000;
let test: TestApp;
let operator: Visitor;

beforeAll(async () => {
  test = await openTestApp(unpaced());
  operator = newVisitor(test);
  await signInAs(operator);
});
afterAll(() => test.close());
beforeEach(() => forgetBareCases(test.platform.db));

const chipsOn = ({ text }: Seen) => {
  const [, chips = ""] = /<nav id="chips"[^>]*>([\s\S]*?)<\/nav>/.exec(text) ?? [];
  return [...chips.matchAll(/<a href="([^"]+)"[^>]*>([^<]+)</g)].map(([, path = "", label = ""]) => ({
    path: path.replaceAll("&amp;", "&"),
    label,
  }));
};
const shown = async (path: string) => numbersOn(await operator.get(path)).map((number) => Number(number.slice(5)));
const linkOn = ({ text }: Seen, label: string) =>
  new RegExp(`<a href="([^"]+)"[^>]*>${label}</a>`).exec(text)?.[1]?.replaceAll("&amp;", "&") ?? "none";

describe("the lists of a desk", () => {
  const arrive = () =>
    insertBareCases(test.platform.db, [
      { number: numberAt(1), receivedAt: NOON - HOUR, forms: ["neglect"], status: "received" },
      { number: numberAt(2), receivedAt: NOON - 24 * HOUR - 1, forms: ["physical"], status: "received" },
      { number: numberAt(3), receivedAt: NOON - 24 * HOUR, status: "info_needed" },
      { number: numberAt(4), receivedAt: NOON - 90 * HOUR, status: "closed" },
      { number: numberAt(5), receivedAt: NOON - HOUR, shelved: true },
      { number: numberAt(6), receivedAt: NOON - 30 * HOUR, shelved: true },
      { number: numberAt(7), receivedAt: NOON - 90 * HOUR, deskId: "desk-other", status: "received" },
    ]);

  it("each say how many stand in them and lead there, of this desk alone", async () => {
    await arrive();
    await test.database.raw(`update case_file set first_read_at = 1 where number = '${numberAt(3)}'`);
    const seen = await operator.get("/staff/cases");
    const labels = chipsOn(seen).map(({ label }) => label);
    expect(labels).toEqual(["All: 4", "New: 3", "Waiting for the reporter: 1", "Late: 2", "Likely spam: 1"]);
    const lists = [];
    for (const { path } of chipsOn(seen)) lists.push(await shown(path));
    expect(lists).toEqual([[6, 2, 3, 1], [6, 2, 1], [3], [6, 2], [5]]);
    expect(seen.text).toContain(">4 reports</p>");
  });

  it("keep the form that was chosen, and count within it", async () => {
    await arrive();
    const chips = chipsOn(await operator.get("/staff/cases?form=physical"));
    expect(chips.map(({ label }) => label).join()).toMatch(/^All: 1,New: 1,.*: 0,Late: 1,Likely spam: 0$/);
    expect(await shown(chips[3]?.path ?? "")).toEqual([2]);
    const part = await operator.get("/staff/cases?form=neglect", { "hx-request": "true" });
    expect(chipsOn(part)[0]?.label).toBe("All: 1");
  });

  it("say by when a report has to be opened, and that it is late as its reporter reads it", async () => {
    const reporter = newVisitor(test);
    const { code } = await fillReport(reporter);
    expect((await operator.get("/staff/cases")).text).toMatch(/>tomorrow \d\d:\d\d</);
    test.pass(24 * HOUR);
    await signInAs(operator);
    const red = '<b class="tag red">late';
    expect((await operator.get("/staff/cases")).text).not.toContain(red);
    test.pass(1);
    const late = await operator.get("/staff/cases");
    expect(late.text).toContain(red);
    expect((await track(newVisitor(test), code)).text).toMatch(/late/);
    const sheet = await operator.get(`/staff/cases/${numbersOn(late)[0]}`);
    expect(sheet.text).toContain(`${red}: opened only after the time for it`);
    expect((await operator.get("/staff/cases")).text).not.toContain(red);
    test.pass(-24 * HOUR - 1);
    for (const table of ["deadline", "case_event", "holder", "entry", "compartment", "notice_address"]) {
      await test.database.raw(`delete from ${table}`);
    }
  });
});

describe("leafing", () => {
  it("goes back page by page as it went on, also where likely spam came back into the list", async () => {
    const cases = Array.from({ length: 57 }, (_, at) => ({
      number: numberAt(at),
      receivedAt: NOON - 30 * HOUR + Math.floor(at / 7),
      ...(at % 3 === 0 ? { shelved: true } : { urgency: at % 2 ? ("p3" as const) : ("p4" as const) }),
    }));
    await insertBareCases(test.platform.db, cases);
    const there: string[][] = [];
    let seen = await operator.get("/staff/cases");
    for (there.push(numbersOn(seen)); linkOn(seen, "Next 20") !== "none"; there.push(numbersOn(seen))) {
      seen = await operator.get(linkOn(seen, "Next 20"));
    }
    expect(new Set(there.flat()).size).toBe(57);
    const back = [numbersOn(seen)];
    while (linkOn(seen, "Previous 20") !== "none") {
      seen = await operator.get(linkOn(seen, "Previous 20"));
      back.unshift(numbersOn(seen));
    }
    expect(back).toEqual(there);
  });
});

describe("the page of a case", () => {
  it("leads to the next one of the list it was opened from, and what is saved there stays in it", async () => {
    for (let turn = 0; turn < 3; turn++) {
      await fillReport(newVisitor(test), { "4": { forms: [turn === 1 ? "neglect" : "physical"], truthful: "yes" } });
      test.pass(1000);
    }
    const list = "/staff/cases?form=physical&only=new";
    const [first, second] = numbersOn(await operator.get(list));
    const all = numbersOn(await operator.get("/staff/cases"));
    const sheet = await operator.get(`/staff/cases/${first}?form=physical&only=new`);
    const next = linkOn(sheet, "Next report");
    expect(next).toBe(`/staff/cases/${second}?form=physical&only=new`);
    expect(linkOn(await operator.get(next), "Next report")).toBe("none");
    expect(linkOn(await operator.get(`/staff/cases/${first}`), "Next report")).toBe(`/staff/cases/${all[1]}`);
    expect(linkOn(sheet, "Back to the list")).toBe(list);
    const [, notes = ""] = /formaction="([^"]+\/notes[^"]*)"/.exec(sheet.text) ?? [];
    const saved = await operator.post(notes.replaceAll("&amp;", "&"), { note: "called" });
    expect(saved.path).toContain(`/staff/cases/${first}?form=physical&only=new`);
  });
});
