import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadPages, publishPages } from "#library/index.ts";
import { openTestApp, type TestApp } from "../support/app.ts";
import { newVisitor, type Visitor } from "../support/browser.ts";
import { newStaff } from "../support/new-staff.ts";

const DESK = "/staff/library";
let test: TestApp;
let visitor: Visitor;
let editor: Visitor;
beforeEach(async () => {
  test = await openTestApp();
  await loadPages(test.platform, test.country);
  visitor = newVisitor(test);
  editor = await newStaff(test, "editor");
});
afterEach(() => test.close());

const choiceOf = async (number: number) =>
  /name="page" value="([\d.]+)"/.exec((await editor.get(`${DESK}/${number}`)).text)?.[1] ?? "";
const publish = async (...numbers: number[]) => editor.post(DESK, { page: await Promise.all(numbers.map(choiceOf)) });

describe("a draft", () => {
  it("is no page for the public, not in a list, and nothing leads to it", async () => {
    expect((await visitor.get("/en/library/7")).status).toBe(404);
    expect((await visitor.get("/en/library")).text).toContain("There are no pages here yet.");
    expect((await visitor.get("/en/learn")).text).not.toContain('href="/en/library"');
    await publish(8);
    const shown = await visitor.get("/en/library/8");
    expect(shown.status).toBe(200);
    expect(shown.text).not.toContain('href="/en/library/27"');
    await publish(27);
    expect((await visitor.get("/en/library/8")).text).toContain('href="/en/library/27"');
  });

  it("is read before it is published, in every language of the public", async () => {
    const shown = await editor.get(`${DESK}/7?in=sr-Latn`);
    expect(shown.text).toContain("Zanemarivanje");
    expect(shown.text).toContain("draft");
    expect((await editor.get(`${DESK}/7?in=sr`)).text).toContain("Занемаривање");
    expect((await editor.get(`${DESK}/99`)).status).toBe(404);
  });
});

describe("publishing", () => {
  it("shows a page to everybody, in both scripts, marked as not reviewed, with its numbers", async () => {
    expect(await publish(7)).toMatchObject({ status: 303, path: DESK });
    const english = await visitor.get("/en/library/7");
    expect(english.text).toContain("No child-protection professional has reviewed this page yet.");
    expect(english.text).toContain('href="tel:116111"');
    expect(english.text).toContain("<title>Learn");
    expect((await visitor.get("/sr/library/7")).text).toContain("Занемаривање");
    expect((await visitor.get("/sr-Latn/library")).text).toContain("Zanemarivanje");
    expect((await visitor.get("/en/learn")).text).toContain('href="/en/library"');
  });

  it("takes many at once, and each is in the record", async () => {
    await publish(1, 2, 3);
    expect((await visitor.get("/en/library")).text.match(/href="\/en\/library\/\d+"/g)).toHaveLength(3);
    const rows = await test.database.raw("select subject_id from audit_entry where action = 'page.published'");
    expect(rows.map(({ subject_id }) => subject_id).sort()).toEqual([
      "exclusion",
      "physical-violence",
      "psychological-violence",
    ]);
  });

  it("asks what to publish where nothing was chosen", async () => {
    for (const page of [[], ["7"], ["7.x"], ["0.1"]]) {
      const seen = await editor.post(DESK, { page });
      expect(seen.status).toBe(422);
      expect(seen.text).toContain("Choose at least one page first.");
    }
  });

  it("publishes nothing when one of the pages has changed since it was read", async () => {
    const [first, second] = [await choiceOf(7), await choiceOf(8)];
    await test.database.raw("update library_page set edition = 2 where number = 8");
    await test.database.raw(
      `insert into library_text select page_id, 2, language, kind, audience, title, summary, source, made_at
       from library_text where page_id = 'family-violence'`,
    );
    const seen = await editor.post(DESK, { page: [first, second] });
    expect(seen.status).toBe(409);
    expect(seen.text).toContain("has changed meanwhile");
    expect((await visitor.get("/en/library/7")).status).toBe(404);
    const unknown = await editor.post(DESK, { page: ["999.1"] });
    expect([unknown.status, unknown.text.includes("There is no such page. Nothing was published.")]).toEqual([
      409,
      true,
    ]);
  });

  it("sent twice counts once", async () => {
    const choice = await choiceOf(7);
    await editor.post(DESK, { page: choice });
    await editor.post(DESK, { page: choice });
    expect(await test.database.raw("select id from audit_entry where action = 'page.published'")).toHaveLength(1);
  });

  it("can be taken back, also twice", async () => {
    await publish(7);
    for (let turn = 0; turn < 2; turn++) expect((await editor.post(`${DESK}/7/withdraw`, {})).status).toBe(303);
    expect((await visitor.get("/en/library/7")).status).toBe(404);
    expect(await test.database.raw("select id from audit_entry where action = 'page.withdrawn'")).toHaveLength(1);
    expect((await editor.post(`${DESK}/999/withdraw`, {})).status).toBe(404);
  });
});

describe("the list of pages", () => {
  beforeEach(async () => {
    const all = Array.from({ length: 30 }, (_, at) => ({ number: at + 1, edition: 1 }));
    await publishPages(test.platform, { kind: "system" }, all);
  });

  it("shows everything, or what is for one kind of reader; an unknown reader sees everything", async () => {
    const count = async (query: string) =>
      (await visitor.get(`/en/library${query}`)).text.match(/href="\/en\/library\/\d+"/g)?.length ?? 0;
    expect(await count("")).toBe(30);
    expect(await count("?for=nobody")).toBe(30);
    const [child, parent, school] = [await count("?for=child"), await count("?for=parent"), await count("?for=school")];
    for (const some of [child, parent, school]) expect(some).toBeGreaterThan(9);
    expect(child).toBeLessThan(30);
  });

  it("and every page are hidden after leaving, and kept by no browser", async () => {
    for (const path of ["/en/library", "/en/library/5"]) {
      const leaver = newVisitor(test);
      expect((await leaver.get(path)).headers.get("cache-control")).toContain("no-store");
      await leaver.get("/leave", { "sec-fetch-site": "same-origin" });
      expect(await leaver.get(path)).toMatchObject({ status: 303, path: "/en/page" });
    }
  });

  it("tells nothing of a topic in any title or address", async () => {
    for (let number = 1; number <= 30; number++) {
      const { text } = await visitor.get(`/en/library/${number}`);
      expect(/<title>([^<]*)/.exec(text)?.[1]).toBe("Learn");
    }
  });
});
