import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { insertInstitution } from "#institutions/index.ts";
import { openTestApp, type TestApp } from "../support/app.ts";
import { newVisitor, type Visitor } from "../support/browser.ts";
import { fillReport } from "../support/journey.ts";
import { begin, beginComplete, codeIn, MANDATORY, saved } from "./journey.ts";

const HOUR = 3_600_000;
let test: TestApp;
let visitor: Visitor;

beforeEach(async () => {
  test = await openTestApp();
  visitor = newVisitor(test);
});
afterEach(() => test.close());

const count = async (table: string) => Number((await test.database.raw(`select count(*) as n from ${table}`))[0]?.n);

describe("the whole journey", () => {
  it("leads from the start through ten steps to a code", async () => {
    expect((await visitor.get("/en/report")).text).toContain('action="/en/report"');
    const at = await begin(visitor);
    let next = `${at}/1`;
    const answers = Object.fromEntries([
      ...MANDATORY,
      ["6", { when: "last week", frequency: "weekly", still: "yes" }],
      [
        "7",
        { harmed_count: "one", age_band: "11_13", sex: "undisclosed", vulnerability: ["none_known"], injuries: "no" },
      ],
      ["8", { perpetrator_type: "peer", relation: "same class", withhold: ["parents"], withhold_words: "please" }],
      ["9", { told: ["friend"], reaction: "nothing yet" }],
    ]);
    for (let step = 1; step <= 9; step++) {
      expect(next).toBe(`${at}/${step}`);
      const shown = await visitor.get(next);
      expect(shown.status).toBe(200);
      expect(shown.text).toContain(`<title>Step ${step} of 10</title>`);
      expect(shown.headers.get("cache-control")).toBe("no-store");
      expect(shown.text).toMatch(/<form[^>]+autocomplete="off"/);
      next = (await saved(visitor, next, answers[step] ?? {})).path;
    }
    expect(next).toBe(`${at}/10`);
    const check = await visitor.get(next);
    for (const said of [
      "they push me",
      "last week",
      "same class",
      "Several times a week",
      "11 to 13 years",
      "please",
    ]) {
      expect(check.text).toContain(said);
    }
    const done = await visitor.send(next, { go: "send" });
    expect(done.path).toBe(`${at}/done`);
    expect(codeIn(done)).toMatch(/^\d{16}$/);
    expect(done.text).toMatch(/tomorrow by \d\d:\d\d/);
    expect(await count("case_file")).toBe(1);
  });

  it("opens its branches and closes them again", async () => {
    const at = await begin(visitor);
    expect((await visitor.post(`${at}/1`, { danger: "yes" })).path).toBe(`${at}/1/a`);
    const help = await visitor.get(`${at}/1/a`);
    expect(help.text).toContain('href="tel:192"');
    expect(help.text).toContain(`href="${at}/2"`);
    await saved(visitor, `${at}/2`, { role: "teacher" });
    expect((await visitor.post(`${at}/3`, { identity: "confidential" })).path).toBe(`${at}/3/b`);
    expect((await visitor.get(`${at}/3/contact`)).text).not.toContain('name="notice"');
    expect((await visitor.post(`${at}/3`, { identity: "anonymous" })).path).toBe(`${at}/4`);
    const harm = { forms: ["self_harm_risk"], truthful: "yes" };
    expect((await visitor.post(`${at}/4`, harm)).path).toBe(`${at}/4/a`);
    expect((await visitor.post(`${at}/5`, { environment: "digital", territory: "unsure" })).path).toBe(`${at}/5/d`);
    expect((await visitor.post(`${at}/5`, { environment: "education", territory: "unsure" })).path).toBe(`${at}/5/c`);
    expect((await visitor.post(`${at}/6`, { frequency: "ongoing_now" })).path).toBe(`${at}/6/a`);
    await saved(visitor, `${at}/8`, { perpetrator_type: "school_staff" });
    expect((await visitor.get(`${at}/9`)).text).toContain("will not be the first to know");
  });

  it("asks for an address for a notice where letters can be sent", async () => {
    const letters = { send: async () => undefined, close: () => undefined };
    const mailing = await openTestApp({ platform: { mail: letters } });
    const someone = newVisitor(mailing);
    const at = await begin(someone);
    await saved(someone, `${at}/10/notice`, { notice: "mira@example.org" });
    expect((await someone.get(`${at}/10`)).text).toContain("mira@example.org");
    await mailing.close();
  });

  it("skips what can be skipped, and keeps what was typed before skipping", async () => {
    const at = await beginComplete(visitor);
    expect((await visitor.post(`${at}/6`, { when: "", go: "skip" })).path).toBe(`${at}/7`);
    expect((await visitor.get(`${at}/10`)).text).not.toContain("last week");
    expect((await visitor.post(`${at}/6`, { when: "last week", go: "skip" })).path).toBe(`${at}/7`);
    expect((await visitor.get(`${at}/10`)).text).toContain("last week");
  });

  it("leads from a change link back to the check page", async () => {
    const at = await beginComplete(visitor);
    expect((await visitor.get(`${at}/10`)).text).toContain(`href="${at}/7?return=10"`);
    expect((await visitor.get(`${at}/7?return=10`)).text).toContain('name="return" value="10"');
    expect((await visitor.post(`${at}/7`, { age_band: "14", return: "10" })).path).toBe(`${at}/10`);
    expect(
      (await visitor.post(`${at}/5`, { environment: "education", territory: "rs-zemun", return: "10" })).path,
    ).toBe(`${at}/5/c?return=10`);
  });
});

describe("sending early", () => {
  it("is offered on every step once the mandatory answers exist, and not before", async () => {
    const at = await begin(visitor);
    for (const [page, fields] of MANDATORY) {
      expect((await visitor.get(`${at}/${page}`)).text).not.toContain('value="send"');
      await saved(visitor, `${at}/${page}`, fields);
    }
    for (let step = 1; step <= 10; step++) expect((await visitor.get(`${at}/${step}`)).text).toContain('value="send"');
  });

  it("sends what was just typed", async () => {
    const at = await beginComplete(visitor);
    const done = await visitor.send(`${at}/6`, { when: "since autumn", go: "send" });
    expect(codeIn(done)).toBeDefined();
  });

  it("without the mandatory answers says that nothing was sent and what is missing, and keeps what was typed", async () => {
    const at = await begin(visitor);
    await saved(visitor, `${at}/1`, { danger: "no" });
    for (const [page, fields] of [
      ["6", { when: "since autumn" }],
      ["10", {}],
    ] as const) {
      const told = await visitor.post(`${at}/${page}`, { ...fields, go: "send" });
      expect([told.status, told.path]).toEqual([422, `${at}/${page}`]);
      expect(told.text).toContain("<title>Error: Step 10 of 10</title>");
      const main = told.text.slice(told.text.indexOf("<main"));
      const summary = main.slice(main.indexOf('<div class="error-summary" role="alert" tabindex="-1" autofocus>'));
      expect(summary.indexOf("Nothing has been sent yet.")).toBeGreaterThan(0);
      expect(summary.indexOf("Nothing has been sent yet.")).toBeLessThan(summary.indexOf("<h1"));
      for (const missing of ["2", "3", "4", "5"]) expect(main).toContain(`href="${at}/${missing}?return=10"`);
      expect(main.match(new RegExp(`href="${at}/2\\?return=10"`, "g"))).toHaveLength(2);
      expect(main).toContain("since autumn");
      expect(main).not.toContain('value="send"');
      expect(told.text).toContain(`href="${at}/10?voice=adult"`);
    }
    const check = await visitor.get(`${at}/10`);
    expect([check.status, check.text.includes("error-summary")]).toEqual([200, false]);
    expect(check.text).not.toContain('value="send"');
    expect(await count("case_file")).toBe(0);
  });
});

describe("the school", () => {
  const school = { identifier: "s", territory: "rs-zemun", activeFrom: 0, activeTo: null };

  async function atSchool(): Promise<string> {
    await test.platform.db.write(async (tx) => {
      const name = { sr: "Основна школа „Јован Цвијић“", en: "Jovan Cvijić primary school" };
      await insertInstitution(tx, { ...school, id: "school-1", type: "primary_school", name });
      await insertInstitution(tx, { ...school, id: "police-1", identifier: "p", type: "police", name });
    });
    return beginComplete(visitor, { "5": { environment: "education", territory: "rs-zemun" } });
  }

  it("is found by a part of its name, which never stands in an address", async () => {
    const at = await atSchool();
    const found = await visitor.post(`${at}/5/school`, { words: "cvijic", go: "search" });
    expect(found.status).toBe(200);
    expect(found.text).toContain('value="school-1"');
    expect(found.text).not.toContain('value="police-1"');
    expect((await visitor.post(`${at}/5/school`, { words: "cvijic", institution: "school-1" })).path).toBe(`${at}/6`);
    expect((await visitor.get(`${at}/5/school`)).text).toMatch(/value="school-1" checked/);
    await visitor.send(`${at}/10`, { go: "send" });
    expect((await test.database.raw("select institution_id from case_file"))[0]?.institution_id).toBe("school-1");
  });

  it("that is not on the list is kept as typed", async () => {
    const at = await atSchool();
    expect((await visitor.post(`${at}/5/school`, { words: "zzz", go: "search" })).text).toContain("Nothing found");
    await saved(visitor, `${at}/5/school`, { words: "the small one by the river" });
    expect((await visitor.get(`${at}/10`)).text).toContain("the small one by the river");
  });

  it("that was searched and not chosen is not taken for a name", async () => {
    const at = await atSchool();
    const found = await visitor.post(`${at}/5/school`, { words: "osnovna", go: "search" });
    expect(found.text).toContain('name="searched" value="osnovna"');
    await saved(visitor, `${at}/5/school`, { words: "osnovna", searched: "osnovna" });
    expect((await visitor.get(`${at}/10`)).text).not.toContain("osnovna");
  });

  it("can be taken back", async () => {
    const at = await atSchool();
    await saved(visitor, `${at}/5/school`, { institution: "school-1" });
    await saved(visitor, `${at}/5/school`, { institution: "none", institution_name: "ours" });
    const check = await visitor.get(`${at}/10`);
    expect(check.text).toContain("ours");
    expect(check.text).not.toContain("Cvijić");
  });

  it("must be one that was offered", async () => {
    const at = await atSchool();
    for (const institution of ["police-1", "nowhere"]) {
      const refused = await visitor.post(`${at}/5/school`, { institution, institution_name: "ours" });
      expect(refused.status).toBe(422);
      expect(refused.text).toContain("ours");
    }
  });
});

describe("drafts", () => {
  it("two tabs are two drafts under one key", async () => {
    const one = await begin(visitor);
    const key = visitor.cookies.get("r");
    const two = await begin(visitor);
    expect(visitor.cookies.get("r")).toBe(key);
    await saved(visitor, `${one}/4`, { story: "the first story", truthful: "yes" });
    await saved(visitor, `${two}/4`, { story: "the second story", truthful: "yes" });
    expect((await visitor.get(`${one}/4`)).text).toContain("the first story");
    expect((await visitor.get(`${two}/4`)).text).toContain("the second story");
  });

  it("two pages saved at once both stay", async () => {
    const at = await begin(visitor);
    await Promise.all(MANDATORY.map(([page, fields]) => visitor.post(`${at}/${page}`, fields)));
    expect((await visitor.get(`${at}/10`)).text).toContain('value="send"');
  });

  it("lie sealed: no word of them is in the database", async () => {
    const at = await beginComplete(visitor);
    const [row] = await test.database.raw("select * from draft");
    expect(Buffer.from(JSON.stringify(row)).toString()).not.toContain("they push me");
    expect(Buffer.from((row?.sealed as Buffer) ?? "").toString("latin1")).not.toContain("push");
    expect(JSON.stringify(row)).not.toContain(visitor.cookies.get("r"));
    expect(at).not.toContain(visitor.cookies.get("r"));
  });

  it("live two hours after the last page", async () => {
    const at = await begin(visitor);
    test.pass(1.9 * HOUR);
    await saved(visitor, `${at}/1`, { danger: "no" });
    test.pass(1.9 * HOUR);
    expect((await visitor.get(`${at}/2`)).status).toBe(200);
    test.pass(0.2 * HOUR);
    expect((await visitor.get(`${at}/2`)).status).toBe(410);
  });

  it("an expired one gives the typed text back", async () => {
    const at = await beginComplete(visitor);
    test.pass(3 * HOUR);
    const gone = await visitor.post(`${at}/4`, { story: "a long & true <story>", truthful: "yes" });
    expect(gone.status).toBe(410);
    expect(gone.text).toContain("a long &amp; true &lt;story&gt;");
    expect(gone.text).toContain("This report is not here any more");
    expect((await visitor.post(`${at}/10`, { go: "send" })).status).toBe(410);
    expect(await count("case_file")).toBe(0);
  });

  it("another browser's opens nothing", async () => {
    const at = await beginComplete(visitor);
    const stranger = newVisitor(test);
    await begin(stranger);
    expect((await stranger.get(`${at}/4`)).status).toBe(410);
    expect((await stranger.post(`${at}/4`, { story: "mine", truthful: "yes" })).text).toContain("mine");
    expect((await stranger.post(`${at}/10`, { go: "send" })).status).toBe(410);
    expect((await stranger.get(`${at}/done`)).path).toBe("/en/page");
    expect((await visitor.get(`${at}/4`)).text).toContain("they push me");
  });
});

describe("leaving", () => {
  it("deletes the draft, and Back shows a neutral page", async () => {
    const at = await beginComplete(visitor);
    await visitor.get("/leave");
    expect(visitor.cookies.has("r")).toBe(false);
    expect((await visitor.get(`${at}/4`)).path).toBe("/en/page");
    expect((await visitor.get("/en/report")).path).toBe("/en/page");
    // Leaving waits for nothing: the draft goes beside the answer.
    await expect.poll(() => count("draft")).toBe(0);
    visitor.cookies.delete("away");
    expect((await visitor.get(`${at}/4`)).path).toBe("/en/page");
  });

  it("a form sent without the key gives its text back and stores nothing", async () => {
    const at = await beginComplete(visitor);
    const bare = newVisitor(test);
    const gone = await bare.post(`${at}/4`, { story: "kept words", truthful: "yes" });
    expect(gone.status).toBe(410);
    expect(gone.text).toContain("kept words");
    expect((await visitor.get(`${at}/4`)).text).not.toContain("kept words");
  });

  it("a browser that keeps no cookies is told so at once, and later sees a neutral page", async () => {
    const at = await begin(visitor);
    const bare = newVisitor(test);
    const told = await bare.get(`${at}/1`);
    expect(told.status).toBe(410);
    expect(told.text).toContain("cookie");
    test.pass(2 * 60_000);
    expect((await bare.get(`${at}/1`)).path).toBe("/en/page");
  });
});

describe("addresses", () => {
  it("of steps that do not exist are not found", async () => {
    const at = await begin(visitor);
    for (const page of ["0", "11", "01", "x", "3/x", "2/a", "1/help"]) {
      expect((await visitor.get(`${at}/${page}`)).status, page).not.toBe(200);
    }
    expect((await visitor.get(`${at}/11`)).status).toBe(404);
    expect((await visitor.post(`${at}/11`, { story: "words" })).status).toBe(404);
    expect((await visitor.get("/en/r/nothing/1")).status).toBe(410);
  });
});

describe("an address", () => {
  it("names no branch, so that a history tells nothing of the answers", async () => {
    const someone = newVisitor(test);
    const { paths } = await fillReport(someone, {
      "1": { danger: "yes" },
      "3": { identity: "confidential" },
      "3/contact": { reporter_name: "M" },
      "4": { forms: ["self_harm_risk", "digital"], truthful: "yes" },
      "5": { environment: "education", territory: "rs-zemun" },
      "5/school": {},
      "5/online": {},
    });
    expect(paths.length).toBeGreaterThan(15);
    const known = /^\/en\/(report|r\/[\w-]{22}\/(\d+(\/[a-e])?|done))$/;
    expect(paths.filter((path) => !known.test(path))).toEqual([]);
  });
});
