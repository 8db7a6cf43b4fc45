import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openTestApp, type TestApp } from "../support/app.ts";
import { newVisitor, type Seen, type Visitor } from "../support/browser.ts";
import { fieldsOn } from "../support/fields-on.ts";
import { tooLongOn } from "../support/hearers.ts";
import { begin, beginComplete, saved } from "./journey.ts";

const TOLD = { forms: ["physical"], truthful: "yes" };
let test: TestApp;
let visitor: Visitor;

beforeEach(async () => {
  test = await openTestApp();
  visitor = newVisitor(test);
});
afterEach(() => test.close());

/** What stands in the box of this name. */
function boxOf({ text }: Seen, name: string): string | undefined {
  return new RegExp(`<textarea[^>]* name="${name}"[^>]*>\\n?([^<]*)</textarea>`).exec(text)?.[1];
}

/** What is said above the form. */
const above = ({ text }: Seen) => text.slice(text.indexOf("<main"), text.indexOf("<form method"));

describe("a page that another tab has answered meanwhile", () => {
  it("loses neither text: both come back, and Continue then saves what was put together", async () => {
    const at = await begin(visitor);
    await saved(visitor, `${at}/4`, { ...TOLD, story: "AAA" });
    const clash = await visitor.post(`${at}/4`, { ...TOLD, story: "BBB <b>" });
    expect(clash.status).toBe(409);
    expect(boxOf(clash, "story")).toBe("BBB &lt;b&gt;");
    expect(above(clash)).toContain("AAA");
    expect(above(clash)).toContain('role="alert" tabindex="-1" autofocus');
    expect(clash.text).toContain("<title>Error: Step 4 of 10</title>");
    expect(clash.text).toMatch(/value="physical" checked/);
    expect(tooLongOn(clash.text, 12)).toEqual([]);
    expect((await visitor.get(`${at}/4`)).text).toContain("AAA");
    const both = { ...fieldsOn(clash), story: "AAA and BBB" };
    await saved(visitor, `${at}/4`, both);
    expect(boxOf(await visitor.get(`${at}/4`), "story")).toBe("AAA and BBB");
  });

  it("is taken as ever where the page had shown what it changes, or says the same once more", async () => {
    const at = await begin(visitor);
    await saved(visitor, `${at}/4`, { ...TOLD, story: "AAA" });
    await saved(visitor, `${at}/4`, { ...TOLD, story: "AAA" });
    await saved(visitor, `${at}/4`, { ...fieldsOn(await visitor.get(`${at}/4`)), story: "CCC" });
    expect(boxOf(await visitor.get(`${at}/4`), "story")).toBe("CCC");
    await saved(visitor, `${at}/4`, { ...fieldsOn(await visitor.get(`${at}/4`)), story: "" });
    expect(boxOf(await visitor.get(`${at}/4`), "story")).toBe("");
  });

  it("is not overwritten by way of its errors, of another language or of other words either", async () => {
    const at = await begin(visitor);
    await saved(visitor, `${at}/4`, { ...TOLD, story: "AAA" });
    for (const stale of [{}, { go: "young" }, { go: "sr" }, { truthful: "yes", forms: ["flood"] }]) {
      const again = await visitor.post(`${at}/4`, { story: "BBB", ...stale });
      expect([200, 422]).toContain(again.status);
      expect((await visitor.post(`${at}/4`, { ...fieldsOn(again), ...TOLD, story: "BBB" })).status).toBe(409);
    }
  });

  it.each([{ go: "sr" }, { go: "young" }, { go: "stay" }, { truthful: [] }, { forms: ["flood"] }])(
    "shows the other text for as long as it was not answered, also after %o",
    async (more) => {
      const at = await begin(visitor);
      await saved(visitor, `${at}/4`, { ...TOLD, story: "AAA <b>\nand more" });
      const clash = await visitor.post(`${at}/4`, { ...TOLD, story: "BBB" });
      const again = await visitor.post(`${at}/4`, { ...fieldsOn(clash), story: "BBB", ...more });
      expect(again.status).toBe(409);
      expect(above(again)).toContain("AAA &lt;b&gt;\nand more");
      expect(boxOf(again, "story")).toBe("BBB");
      expect(again.text.match(/ autofocus/g)).toHaveLength(1);
      const answered = { ...fieldsOn(again), ...TOLD, story: "AAA <b>\nand more and BBB" };
      const nothing = await visitor.post(`${at}/4`, { ...answered, go: "sr" });
      expect([nothing.status, above(nothing).includes("AAA")]).toEqual([409, true]);
      await saved(visitor, `${at}/4`, answered);
    },
  );

  it("gives back what no page asks for, also in another language, with errors, and when the report is gone", async () => {
    const at = await beginComplete(visitor, { "2": { role: "parent_victim" } });
    await visitor.post(`${at}/2`, { role: "victim_child" });
    const unasked = await visitor.post(`${at}/7`, { harmed_name: "MILICA <P.>", grade: "5b" });
    expect([unasked.status, above(unasked).includes("MILICA &lt;P.&gt;")]).toEqual([409, true]);
    const again = await visitor.post(`${at}/7`, { ...fieldsOn(unasked), go: "sr" });
    expect([again.status, above(again).includes("MILICA &lt;P.&gt;")]).toEqual([409, true]);
    const wrong = await visitor.post(`${at}/7`, { ...fieldsOn(again), age_band: "flood" });
    expect([wrong.status, above(wrong).includes("MILICA &lt;P.&gt;")]).toEqual([409, true]);
    test.pass(3 * 3_600_000);
    const gone = await visitor.post(`${at}/7`, fieldsOn(wrong));
    expect([gone.status, gone.text.includes("MILICA &lt;P.&gt;")]).toEqual([410, true]);
  });

  it("keeps its choices from nobody: they may be changed", async () => {
    const at = await begin(visitor);
    await saved(visitor, `${at}/6`, { frequency: "weekly" });
    await saved(visitor, `${at}/6`, { frequency: "once" });
  });

  it("says of each field alone what was saved there", async () => {
    const at = await beginComplete(visitor);
    await saved(visitor, `${at}/8`, { relation: "a neighbour", perpetrator_name: "Petar" });
    const clash = await visitor.post(`${at}/8`, { relation: "a neighbour", perpetrator_name: "Pavle" });
    expect(above(clash)).toContain("Petar");
    expect(above(clash)).not.toContain("a neighbour");
    expect(above(clash)).toContain('href="#perpetrator_name"');
  });

  it("is seen as well on the page of the school, where a search is taken for its name", async () => {
    const at = await beginComplete(visitor, { "5": { environment: "education", territory: "rs-zemun" } });
    await saved(visitor, `${at}/5/c`, { institution_name: "the one by the river" });
    const clash = await visitor.post(`${at}/5/c`, { words: "the one on the hill" });
    expect(clash.status).toBe(409);
    expect(above(clash)).toContain("the one by the river");
    await saved(visitor, `${at}/5/c`, fieldsOn(clash) as Record<string, string>);
    expect((await visitor.get(`${at}/10`)).text).toContain("the one on the hill");
  });
});

describe("sending in several tabs at once", () => {
  it("says done to who is in the report, and gives everybody else the words back", async () => {
    const at = await beginComplete(visitor);
    const words = ["first words", "second words", "third words", "fourth words"];
    const seen = await Promise.all(words.map((reaction) => visitor.post(`${at}/9`, { reaction, go: "send" })));
    const done = seen.filter(({ status }) => status === 303);
    expect(done.map(({ path }) => path)).toEqual([`${at}/done`]);
    for (const [index, answer] of seen.entries()) {
      if (answer.status === 303) continue;
      expect(answer.status).toBe(409);
      expect(answer.text).toContain(words[index]);
    }
  });

  it("sends nothing while two texts stand against each other", async () => {
    const at = await beginComplete(visitor);
    await saved(visitor, `${at}/9`, { reaction: "AAA" });
    expect((await visitor.post(`${at}/9`, { reaction: "BBB", go: "send" })).status).toBe(409);
    expect(await test.database.raw("select id from case_file")).toEqual([]);
  });
});

describe("a blank tab", () => {
  it.each(["skip", "back"])("changes nothing with %s: neither words nor choices that another one saved", async (go) => {
    const at = await beginComplete(visitor);
    const blank = { eight: fieldsOn(await visitor.get(`${at}/8`)), nine: fieldsOn(await visitor.get(`${at}/9`)) };
    await saved(visitor, `${at}/8`, { perpetrator_type: "parent", withhold: ["parents"] });
    await saved(visitor, `${at}/9`, { reaction: "AAA" });
    await saved(visitor, `${at}/8`, { ...blank.eight, go });
    await saved(visitor, `${at}/9`, { ...blank.nine, go });
    expect((await visitor.get(`${at}/8`)).text).toMatch(/value="parents" checked/);
    expect(boxOf(await visitor.get(`${at}/9`), "reaction")).toBe("AAA");
  });

  it("takes answers back where its page had shown them", async () => {
    const at = await beginComplete(visitor);
    await saved(visitor, `${at}/8`, { perpetrator_type: "parent", withhold: ["parents"] });
    const { withhold: _, ...unchecked } = fieldsOn(await visitor.get(`${at}/8`));
    await saved(visitor, `${at}/8`, { ...unchecked, perpetrator_type: [], go: "skip" });
    expect((await visitor.get(`${at}/8`)).text).not.toContain(" checked");
  });

  it("carries nothing that says what was seen, and a page with text says it of nobody else's words", async () => {
    const at = await beginComplete(visitor);
    expect((await visitor.get(`${at}/9`)).text).not.toContain('name="seen"');
    await saved(visitor, `${at}/9`, { told: ["friend"] });
    expect(fieldsOn(await visitor.get(`${at}/9`)).seen).toBe("-");
    await saved(visitor, `${at}/9`, { told: ["friend"], reaction: "AAA" });
    const mark = async (path: string, of: Visitor) => fieldsOn(await of.get(path)).seen;
    const mine = await mark(`${at}/9`, visitor);
    expect(mine).toMatch(/^\w{8,24}$/);
    const other = newVisitor(test);
    const there = await beginComplete(other);
    await saved(other, `${there}/9`, { reaction: "AAA" });
    expect(await mark(`${there}/9`, other)).not.toBe(mine);
  });
});
