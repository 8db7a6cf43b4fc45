import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestApp, type TestApp } from "../support/app.ts";
import { newVisitor, type Seen } from "../support/browser.ts";
import { fillReport, sendShortReport, track, unpaced } from "../support/journey.ts";
import { beginComplete } from "./journey.ts";

let test: TestApp;
beforeAll(async () => {
  test = await openTestApp(unpaced());
});
afterAll(() => test.close());

const choices = ({ text }: Seen) => (text.match(/class="choice"/g) ?? []).length;
const headingOf = ({ text }: Seen) => /<h1>(.*?)<\/h1>/.exec(text)?.[1];

describe("the two ways of speaking", () => {
  it("no cookie is set before somebody chooses", async () => {
    const visitor = newVisitor(test);
    for (const path of ["/sr/report", "/sr/track", "/sr/"]) await visitor.get(path);
    expect([...visitor.cookies]).toEqual([]);
  });

  it("a link on the start page changes the words, and the choice stays", async () => {
    const visitor = newVisitor(test);
    expect((await visitor.get("/sr/report")).text).toContain("Реци нам шта се дешава");
    expect((await visitor.get("/sr/report?voice=adult")).text).toContain("Пријавите шта се дешава детету");
    expect((await visitor.get("/sr/report")).text).toContain("Пријавите шта се дешава детету");
    expect((await visitor.get("/sr/track")).text).toContain("Укуцајте шифру");
    expect((await visitor.get("/sr/track?voice=young")).text).toContain("Укуцај своју шифру");
    expect((await visitor.get("/sr/track?voice=king")).text).toContain("Укуцај своју шифру");
  });

  it("the button that begins chooses", async () => {
    for (const [voice, words] of [
      ["young", "Желиш ли"],
      ["adult", "Желите ли"],
    ] as const) {
      const visitor = newVisitor(test);
      const { path } = await visitor.post("/sr/report", { voice });
      expect((await visitor.get(path.replace(/1$/, "3"))).text).toContain(words);
    }
  });

  it("a button on any step changes the words, and what is typed stays", async () => {
    const visitor = newVisitor(test);
    const at = await beginComplete(visitor);
    const typed = { forms: ["social"], story: "not <saved> yet" };
    const adult = await visitor.post(`${at}/4`, { ...typed, go: "adult" });
    expect(adult.status).toBe(200);
    expect(adult.text).toContain("not &lt;saved&gt; yet</textarea>");
    expect(adult.text).toContain('value="social" checked');
    expect(adult.text).toContain("Social violence (leaving someone out)");
    expect((await visitor.get(`${at}/4`)).text).not.toContain("not &lt;saved&gt; yet");
    const young = await visitor.post(`${at}/4`, { ...typed, go: "young" });
    expect(young.text).toContain("They leave me out");
    expect(young.text).toContain("not &lt;saved&gt; yet</textarea>");
  });

  it("a button on any step changes the language, and what is typed stays", async () => {
    const visitor = newVisitor(test);
    const at = await beginComplete(visitor);
    const page = await visitor.get(`${at}/4`);
    expect(page.text).toMatch(/<button class="link" name="go" value="sr" lang="sr">/);
    const seen = await visitor.post(`${at}/4`, { story: "still here", go: "sr" });
    expect(headingOf(seen)).toBe("Шта ти се дешава?");
    expect(seen.text).toContain("still here</textarea>");
    const [, next = ""] = /<form method="post" action="([^"]+)"/.exec(seen.text) ?? [];
    expect(next).toBe(`${at.replace("/en/", "/sr/")}/4`);
    const saved = await visitor.post(next, { story: "still here", forms: ["physical"], truthful: "yes" });
    expect(saved.path).toMatch(/^\/sr\//);
    expect(page.text).toContain('<a href="#speech">');
  });

  it("a child meets fewer choices, an adult all of them, and neither loses one already made", async () => {
    const visitor = newVisitor(test);
    const at = await beginComplete(visitor, { "4": { forms: ["trafficking"], story: "", truthful: "yes" } });
    visitor.cookies.set("v", "adult");
    for (const page of ["2", "4", "5", "7", "8"]) {
      visitor.cookies.set("v", "adult");
      const all = choices(await visitor.get(`${at}/${page}`));
      visitor.cookies.set("v", "young");
      const fewer = choices(await visitor.get(`${at}/${page}`));
      expect(fewer, page).toBeLessThan(all);
    }
    expect((await visitor.get(`${at}/4`)).text).toContain('value="trafficking" checked');
  });

  it("small drawings stand beside a child's choices only", async () => {
    const visitor = newVisitor(test);
    const at = await beginComplete(visitor);
    const drawn = async () => (await visitor.get(`${at}/4`)).text.match(/drawings\.svg#form-\w+/g) ?? [];
    expect((await drawn()).length).toBeGreaterThan(10);
    visitor.cookies.set("v", "adult");
    expect(await drawn()).toEqual([]);
  });

  it("the page behind the code speaks as the role of the report says, until somebody chooses", async () => {
    const child = await sendShortReport(newVisitor(test));
    const parent = await sendShortReport(newVisitor(test), { "2": { role: "parent_victim" } });
    const page = async (code: string, path: string) => {
      const visitor = newVisitor(test);
      await track(visitor, code);
      return (await visitor.get(path)).text;
    };
    expect(await page(child.code, "/sr/track")).toContain("Твоја пријава");
    expect(await page(parent.code, "/sr/track")).toContain("Ваша пријава");
    expect(await page(parent.code, "/sr/track?voice=young")).toContain("Твоја пријава");
  });

  it("the choice goes with leaving", async () => {
    const visitor = newVisitor(test);
    await visitor.get("/sr/report?voice=adult");
    expect(visitor.cookies.get("v")).toBe("adult");
    await visitor.get("/leave");
    expect(visitor.cookies.has("v")).toBe(false);
  });

  it("an adult goes all the way to the code", async () => {
    const visitor = newVisitor(test);
    visitor.cookies.set("v", "adult");
    const { done } = await fillReport(visitor, { "2": { role: "teacher" } }, { lang: "sr" });
    expect(done.text).toContain("Ово је Ваша шифра");
  });
});

describe("what is typed on the long form and behind the code", () => {
  it("stays when the words or the language of the one page change", async () => {
    const visitor = newVisitor(test);
    const page = await visitor.get("/en/report/one");
    const [, draft = ""] = /name="draft" value="([^"]+)"/.exec(page.text) ?? [];
    const actions = [...page.text.matchAll(/formaction="([^"]+)"/g)].map(([, action = ""]) => action);
    expect(actions).toHaveLength(3);
    for (const action of actions) {
      const seen = await visitor.post(action, { draft, story: "not <sent> yet", go: "stay" });
      expect([seen.status, action]).toEqual([200, action]);
      expect(seen.text).toContain("not &lt;sent&gt; yet</textarea>");
      expect(seen.text).toContain(`value="${draft}"`);
    }
  });

  it("stays when the words of an opened report change", async () => {
    const { code } = await sendShortReport(newVisitor(test));
    const visitor = newVisitor(test);
    await track(visitor, code);
    const seen = await visitor.post("/sr/track/messages", { words: "half a message", go: "adult" });
    expect(seen.text).toContain("Ваша пријава");
    expect(seen.text).toContain("half a message</textarea>");
    expect((await visitor.get("/sr/track")).text).not.toContain("half a message");
  });

  it("a right code in a browser that keeps no cookie is said to open nothing there", async () => {
    const { code } = await sendShortReport(newVisitor(test));
    const { path } = await newVisitor(test).post("/en/track", { code });
    expect((await newVisitor(test).get(path)).text).toContain("this browser keeps no cookie");
  });
});
