import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { COLLEAGUE, openTestApp, type TestApp } from "../support/app.ts";
import { type Form, newVisitor, type Seen, type Visitor } from "../support/browser.ts";
import { fillReport, hiddenIn, numbersOn, signInAs, unpaced } from "../support/journey.ts";

let test: TestApp;
let operator: Visitor;
let path: string;

beforeEach(async () => {
  test = await openTestApp(unpaced());
  operator = newVisitor(test);
  await fillReport(newVisitor(test));
  const [number] = numbersOn(await signInAs(operator));
  path = `/staff/cases/${number}`;
  await operator.get(path);
});
afterEach(() => test.close());

const BEGUN = {
  message: "Dear you,",
  asks: "yes",
  note: "ask the school",
  assessment: "level two, because",
  reason: "seen on the phone",
};

/** What a browser sends with every button of the page: its one form, whole. */
function formOn(page: Seen): Record<string, string> {
  const hidden = [...page.text.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)">/g)];
  const stored = /<textarea id="assessment"[^>]*>\n([^<]*)<\/textarea>/.exec(page.text)?.[1] ?? "";
  return { ...Object.fromEntries(hidden.map(([, name, value]) => [name, value])), assessment: stored };
}
const boxes = ({ text }: Seen) =>
  Object.fromEntries(
    [...text.matchAll(/<textarea id="(\w+)"[^>]*>\n([^<]*)<\/textarea>/g)].map(([, id, at]) => [id, at]),
  );
const press = async (button: string, form: Form): Promise<Seen> => operator.post(`${path}/${button}`, form);

describe("texts begun on the page of a case", () => {
  it("are in one form with every button, and Enter presses none of them", async () => {
    const { text } = await operator.get(path);
    const main = text.slice(text.indexOf("<main"));
    expect(main.match(/<form/g)).toHaveLength(1);
    expect(main).toMatch(/<form[^>]*>\s*<button disabled hidden><\/button>/);
    expect(main).not.toContain('?below="');
  });

  it("stay when another button is pressed, and only what was saved leaves its box", async () => {
    for (const [button, own, gone] of [
      ["notes", {}, "note"],
      ["messages", {}, "message"],
      ["assessment", {}, ""],
      ["urgency", { urgency: "p1" }, "reason"],
      ["status", { status: "triage" }, ""],
    ] as const) {
      const sent = await press(button, { ...formOn(await operator.get(path)), ...BEGUN, ...own });
      expect(sent.status, button).toBe(200);
      const { asks: _, ...texts } = BEGUN;
      const left = Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, name === gone ? "" : text]));
      expect(boxes(sent), button).toEqual(left);
      expect(/name="asks" value="yes" checked/.test(sent.text), button).toBe(button !== "messages");
    }
  });

  it("need no second page where nothing else was begun: a saved one leads on", async () => {
    const shown = formOn(await operator.get(path));
    expect((await press("notes", { ...shown, note: "one" })).path).toBe(`${path}#entries`);
    await press("assessment", { ...formOn(await operator.get(path)), assessment: "level two" });
    // The assessment that stands in its box was only shown.
    const again = formOn(await operator.get(path));
    expect(again.assessment).toBe("level two");
    expect((await press("notes", { ...again, note: "two" })).status).toBe(303);
  });

  it("stay beside a text that is refused, and beside older entries", async () => {
    const shown = formOn(await operator.get(path));
    const refused = await press("notes", { ...shown, ...BEGUN, note: " " });
    expect(refused.status).toBe(422);
    expect(boxes(refused)).toMatchObject({ message: "Dear you,", assessment: BEGUN.assessment });
    const older = await operator.post(`${path}?below=1`, { ...shown, ...BEGUN });
    expect(boxes(older)).toMatchObject({ note: BEGUN.note, assessment: BEGUN.assessment });
    expect(await test.database.raw("select id from entry where kind = 'note'")).toEqual([]);
  });

  it("are one note and one message however often the page is sent again", async () => {
    const form = { ...formOn(await operator.get(path)), ...BEGUN };
    for (let times = 0; times < 2; times++) {
      await press("notes", form);
      await press("messages", form);
    }
    expect(await test.database.raw("select id from entry where kind in ('note', 'message-to-reporter')")).toHaveLength(
      2,
    );
  });

  it("go along when a colleague was quicker, with a change and with an assessment", async () => {
    const stale = formOn(await operator.get(path));
    const colleague = newVisitor(test);
    await signInAs(colleague, COLLEAGUE);
    await colleague.post(`${path}/urgency`, {
      urgency: "p0",
      reason: "seen on the phone",
      version: hiddenIn(await colleague.get(path), "version"),
    });
    await colleague.post(`${path}/assessment`, { assessment: "theirs", based: "" });

    const changed = await press("urgency", { ...stale, ...BEGUN, urgency: "p4" });
    expect(changed.status).toBe(409);
    const back = await operator.post(path, formOn(changed));
    expect(boxes(back)).toMatchObject({ message: "Dear you,", note: BEGUN.note });

    const conflict = await press("assessment", { ...stale, ...BEGUN });
    expect(conflict.status).toBe(409);
    expect(boxes(conflict)).toEqual({ assessment: BEGUN.assessment });
    const merged = await press("assessment", { ...formOn(conflict), assessment: "both" });
    expect(boxes(merged)).toMatchObject({ message: "Dear you,", note: BEGUN.note, assessment: "both" });
  });

  it("show what a colleague saved meanwhile where nobody wrote here", async () => {
    const stale = formOn(await operator.get(path));
    const colleague = newVisitor(test);
    await signInAs(colleague, COLLEAGUE);
    await colleague.post(`${path}/assessment`, { assessment: "theirs", based: "" });
    const sent = await press("notes", { ...stale, note: "mine", message: "begun" });
    expect(boxes(sent)).toMatchObject({ assessment: "theirs", message: "begun" });
  });
});
