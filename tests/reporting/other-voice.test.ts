import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newBudgets } from "#platform/platform.ts";
import { createApp } from "../../src/app.ts";
import { openTestApp, type TestApp } from "../support/app.ts";
import { type Form, newVisitor, type Seen, type Visitor } from "../support/browser.ts";
import { fillReport, sendShortReport, unpaced } from "../support/journey.ts";
import { beginComplete, codeIn } from "./journey.ts";

let test: TestApp;
beforeAll(async () => {
  test = await openTestApp(unpaced());
});
afterAll(() => test.close());

const words = (other: "young" | "adult") => (other === "adult" ? "Words for adults" : "Simpler words, for children");

/** Presses the switch of a page, whether it is a link or a button of a form, and says what is offered then. */
async function press(visitor: Visitor, { text }: Seen, other: "young" | "adult" = "adult"): Promise<Seen> {
  const link = new RegExp(`<a class="way" href="([^"]+)">${words(other)}`).exec(text)?.[1];
  if (link) return follow(visitor, await visitor.get(link.replaceAll("&amp;", "&")));
  const form = text.split("<form ").find((part) => part.includes(`name="go" value="${other}"`)) ?? "";
  const [, action = ""] = /action="([^"]+)"/.exec(form) ?? [];
  const hidden = [...form.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)];
  const boxes = [...form.matchAll(/<textarea[^>]* name="([^"]+)"[^>]*>\n?([^<]*)/g)];
  const fields: Record<string, string[]> = { go: [other] };
  for (const [, name = "", value = ""] of [...hidden, ...boxes]) fields[name] = [...(fields[name] ?? []), value];
  return follow(visitor, await visitor.post(action, fields));
}

const follow = async (visitor: Visitor, seen: Seen) => (seen.status === 303 ? visitor.get(seen.path) : seen);
const ONE_PAGE: Form = {
  ...{ danger: "no", role: "victim_child", forms: ["physical"], story: "they push me", truthful: "yes" },
  ...{ territory: "rs-zemun", identity: "anonymous" },
};

describe("the words change where a page has no form of its own", () => {
  it("on the page with the numbers, and on the way back to the check page", async () => {
    const visitor = newVisitor(test);
    const at = await beginComplete(visitor);
    const seen = await press(visitor, await visitor.get(`${at}/1/a?return=10`));
    expect(seen.text).toContain(words("young"));
    expect(seen.text).toContain(`href="${at}/10"`);
    expect((await visitor.get(`${at}/3`)).text).toContain(words("young"));
  });

  it("beside the code", async () => {
    const visitor = newVisitor(test);
    const { done, code } = await fillReport(visitor);
    const seen = await press(visitor, done);
    expect([codeIn(seen), seen.text.includes(words("young"))]).toEqual([code, true]);
  });

  it("beside the code of a report on one page, which stays one report", async () => {
    const visitor = newVisitor(test);
    const [, draft = ""] = /name="draft" value="([^"]+)"/.exec((await visitor.get("/en/report/one")).text) ?? [];
    const sent = await visitor.post("/en/report/one", { ...ONE_PAGE, draft });
    const again = await press(visitor, sent);
    expect([codeIn(again), again.text.includes(words("young"))]).toEqual([codeIn(sent), true]);
    expect(again.text).toContain("This page cannot be opened again.");
    const before = await visitor.post("/en/report/one", { ...ONE_PAGE, draft, story: "something new" });
    expect(before.status).toBe(409);
    const said = await press(visitor, before);
    expect([said.status, codeIn(said)]).toEqual([409, codeIn(sent)]);
    expect(said.text).toContain("something new</textarea>");
    expect(said.text).toContain(words("young"));
    expect([...visitor.cookies]).toEqual([]);
  });

  it("where a report is gone or was sent before, with everything that was typed", async () => {
    const visitor = newVisitor(test);
    const gone = await visitor.post("/en/r/nowhere/4", { story: "not lost", forms: ["social", "physical"] });
    const seen = await press(visitor, gone);
    expect([gone.status, seen.status]).toEqual([410, 410]);
    expect(seen.text).toContain("not lost</textarea>");
    expect(seen.text).toMatch(/<a href="#speech">[\s\S]*<p id="speech">/);
    expect(seen.text.match(/name="forms" value="/g)).toHaveLength(2);
    expect(seen.text).toContain(words("young"));

    const { paths } = await sendShortReport(visitor);
    const step = paths.find((path) => path.endsWith("/4")) ?? "";
    const late = await visitor.post(step, { forms: ["social"], story: "one thing more", truthful: "yes" });
    expect(late.status).toBe(409);
    const other = await press(visitor, late, "young");
    expect([other.status, other.text.includes("one thing more</textarea>")]).toEqual([409, true]);
  });

  it("where Begin waits for room", async () => {
    const budgets = { ...newBudgets(), drafts: { take: () => false } };
    const app = createApp(
      { ...test.platform, budgets },
      { country: test.country, baseUrl: undefined, recoveryRecipient: undefined, demo: false },
    );
    const visitor = newVisitor({ app });
    const seen = await press(visitor, await visitor.post("/en/report", { voice: "young" }));
    expect([seen.status, seen.text.includes(words("young"))]).toEqual([503, true]);
  });

  it("where a report closed itself, with the words that did not arrive, and after a wrong code", async () => {
    const visitor = newVisitor(test);
    const over = await visitor.post("/en/track/messages", { words: "half a message" });
    const seen = await press(visitor, over);
    expect([over.status, seen.status]).toEqual([410, 200]);
    expect(seen.text).toContain("half a message</textarea>");
    const refused = await newVisitor(test).post("/en/track", { code: "1234" });
    expect((await press(newVisitor(test), refused)).status).toBe(200);
  });
});
