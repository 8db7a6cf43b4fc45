import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { insertOpening } from "#institutions/index.ts";
import { openTestApp, type TestApp } from "../support/app.ts";
import { newVisitor, type Visitor } from "../support/browser.ts";
import { hiddenIn } from "../support/journey.ts";
import { titleFaults } from "../support/page-rules.ts";
import { addInstitutions, institutionRow } from "../support/people-at-work.ts";
import { beginComplete, codeIn, MANDATORY, saved } from "./journey.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
let test: TestApp;
let visitor: Visitor;
let rows = 0;
let casesBefore = 0;

beforeAll(async () => {
  test = await openTestApp();
});
beforeEach(async () => {
  visitor = newVisitor(test);
  casesBefore = await stored();
});
afterEach(async () => {
  for (const table of ["opening", "draft"]) await test.database.raw(`delete from ${table}`);
});
afterAll(() => test.close());

/** Adds a line to the plan; without a time it has held since long ago. */
async function plan(territory: string, stage: number, inMs = -365 * DAY): Promise<void> {
  const from = test.platform.now() + inMs;
  await test.platform.db.write((tx) => insertOpening(tx, { id: `opening-${rows++}`, territory, stage, from }));
}

const start = (territory?: string, by = visitor) => by.post("/en/report", territory === undefined ? {} : { territory });
const drafts = async () => Number((await test.database.raw("select count(*) as n from draft"))[0]?.n);
const stored = async () => Number((await test.database.raw("select count(*) as n from case_file"))[0]?.n);
/** How many reports came in this test. */
const cases = async () => (await stored()) - casesBefore;

describe("where everything is open", () => {
  it("the start page asks for no place and is as it was", async () => {
    expect((await visitor.get("/en/report")).text).not.toContain("<select");
    expect((await start()).path).toMatch(/\/1$/);
  });

  it("lines that are past, or that only open, change nothing", async () => {
    await plan("country", 0, -2 * DAY);
    await plan("country", 3, -DAY);
    await plan("rs-nis", 0, DAY);
    expect((await visitor.get("/en/report")).text).not.toContain("<select");
    expect((await start()).path).toMatch(/\/1$/);
  });
});

describe("where some place is closed", () => {
  beforeEach(() => plan("rs-nisavski", 2));

  it("the start page asks for the place first, by districts, and not knowing it is an answer", async () => {
    const { text } = await visitor.get("/en/report");
    expect(text).toMatch(/<select id="territory" name="territory"/);
    expect(text).toMatch(/<optgroup label="[^"]*Nišava[^"]*">/);
    expect(text).toContain('<option value="unsure">');
    expect(text).toContain("<option>Subotica</option>");
    expect(text).toMatch(
      /<\/select>\s*<\/div>\s*<h3>Who is writing\?<\/h3>\s*<p class="hint">It only changes the words/,
    );
    for (const answer of ["unsure", "Subotica"]) expect((await start(answer)).status).toBe(303);
    expect((await visitor.post("/sr/report", { territory: "Суботица" })).status).toBe(303);
  });

  it.each([undefined, "", "rs-atlantis", "rs-vojvodina"])("Begin without a place says so: %s", async (place) => {
    const seen = await start(place);
    expect(seen.status).toBe(422);
    expect(seen.text).toContain('<a href="#territory">');
    expect(await drafts()).toBe(0);
  });

  it("an open place begins a report in which it is answered, and shown as chosen later", async () => {
    const { status, path } = await start("rs-zemun");
    expect(status).toBe(303);
    const five = await visitor.get(path.replace(/1$/, "5"));
    expect(five.text).toContain('<option value="rs-zemun" selected>');
  });

  it("a closed place says so plainly, from when on it opens, who can help, and whom to call", async () => {
    await plan("rs-nis", 3, 9 * DAY);
    const seen = await start("rs-nis");
    expect(seen.status).toBe(200);
    for (const said of [
      "Reporting is not open here yet",
      "Place: Niš",
      "It opens on 1 December 2026.",
      "works in a school",
    ])
      expect(seen.text).toContain(said);
    expect(seen.text).toContain('href="tel:192"');
    expect(seen.text).toContain('href="tel:116111"');
    expect(seen.text).toContain('href="/en/find?place=rs-nis"');
    expect(titleFaults(seen.text)).toEqual([]);
    expect(await drafts()).toBe(0);
    expect((await start("rs-svrljig")).text).toContain("The day is not known yet.");
  });

  it("is open to the moment its line begins", async () => {
    await plan("rs-nis", 3, HOUR);
    test.pass(HOUR - 1);
    expect((await start("rs-nis")).status).toBe(200);
    test.pass(1);
    expect((await start("rs-nis")).status).toBe(303);
  });

  it("whoever waits to begin waits with the place that was chosen", async () => {
    const room = { full: true };
    const budgets = { ...test.platform.budgets, drafts: { take: () => !room.full } };
    const busy = await openTestApp({ platform: { budgets } });
    try {
      await busy.platform.db.write((tx) => insertOpening(tx, { id: "x", territory: "rs-nis", stage: 0, from: 1 }));
      const waiting = newVisitor(busy);
      expect((await start("rs-zemun", waiting)).status).toBe(503);
      // Nobody who looks at this phone reads there where a child is.
      const kept = waiting.cookies.get("b") ?? "";
      expect(kept + Buffer.from(kept, "base64url").toString("latin1")).not.toMatch(/zemun/i);
      const elsewhere = newVisitor(busy);
      await start("rs-bor", elsewhere);
      expect(elsewhere.cookies.get("b")).toHaveLength(kept.length);
      room.full = false;
      const { path } = await waiting.get("/en/report/turn");
      expect((await waiting.get(path.replace(/1$/, "5"))).text).toContain('<option value="rs-zemun" selected>');
    } finally {
      await busy.close();
    }
  });

  it("step 5 refuses a closed place beside the field, and keeps what was answered", async () => {
    const at = (await start("rs-zemun")).path.slice(0, -2);
    const seen = await visitor.post(`${at}/5`, { environment: "family", territory: "rs-nis" });
    expect(seen.status).toBe(422);
    expect(seen.text).toContain('id="territory-error"');
    expect(seen.text).toContain("Reporting is not open for this place yet. In danger call 192, to talk 116 111.");
    expect(seen.text).toContain('href="/en/find?place=rs-nis"');
    expect(seen.text).toContain('<option value="rs-nis" selected>');
    expect(seen.text).toMatch(/value="family" checked/);
    expect((await visitor.post(`${at}/5`, { environment: "family", territory: "rs-zemun" })).status).toBe(303);
  });

  it("not knowing the place is refused where the country itself is closed", async () => {
    const at = (await start("rs-zemun")).path.slice(0, -2);
    await plan("country", 1);
    await plan("rs-zemun", 3);
    const seen = await visitor.post(`${at}/5`, { environment: "family", territory: "unsure" });
    expect(seen.status).toBe(422);
    expect(seen.text).toContain("Choose the municipality.");
  });
});

describe("a report begun while its place was open", () => {
  it("can be finished and sent after it closes", async () => {
    const at = await beginComplete(visitor);
    test.pass(HOUR);
    await plan("rs-zemun", 0, -1000);
    await saved(visitor, `${at}/5`, { environment: "family", territory: "rs-zemun" });
    expect(codeIn(await visitor.send(`${at}/10`, { go: "send" }))).toMatch(/^\d{16}$/);
    expect(await cases()).toBe(1);
  });

  it("can be sent from a place that opened meanwhile, and not from one that was closed then and is now", async () => {
    await plan("rs-nis", 0);
    const at = (await start("rs-zemun")).path.slice(0, -2);
    for (const [page, fields] of MANDATORY) await saved(visitor, `${at}/${page}`, fields);
    expect((await visitor.post(`${at}/5`, { territory: "rs-nis" })).status).toBe(422);
    await plan("rs-nis", 3, HOUR);
    test.pass(HOUR);
    await saved(visitor, `${at}/5`, { territory: "rs-nis" });
    expect(codeIn(await visitor.send(`${at}/10`, { go: "send" }))).toMatch(/^\d{16}$/);
  });

  it("is asked for its place again when it is sent from one that was never open, with everything kept", async () => {
    const at = await beginComplete(visitor);
    // As if it had been open for a moment between this page and the last.
    await plan("rs-zemun", 0);
    const seen = await visitor.post(`${at}/10`, { go: "send" });
    expect(seen.status).toBe(422);
    expect(seen.text).toContain('id="territory-error"');
    expect(seen.text).toContain(`action="${at}/5"`);
    expect(seen.text).toContain('name="return" value="10"');
    expect(await cases()).toBe(0);
    await saved(visitor, `${at}/5`, { environment: "family", territory: "rs-nis", return: "10" });
    expect(codeIn(await visitor.send(`${at}/10`, { go: "send" }))).toMatch(/^\d{16}$/);
  });
});

describe("a school of another town than the one typed", () => {
  beforeAll(() =>
    addInstitutions(test, [
      institutionRow("school-nis", "primary_school", { territory: "rs-medijana" }),
      institutionRow("home-nis", "dormitory", { territory: "rs-nis" }),
      institutionRow("school-zemun", "primary_school", { territory: "rs-zemun" }),
    ]),
  );

  /** A complete report, begun for a school where Zemun was typed. */
  async function atSchool(environment = "education"): Promise<string> {
    const at = (await start("rs-zemun")).path.slice(0, -2);
    for (const [page, fields] of MANDATORY)
      await saved(visitor, `${at}/${page}`, page === "5" ? { environment, territory: "rs-zemun" } : fields);
    return at;
  }
  const send = (at: string) => visitor.send(`${at}/10`, { go: "send" });

  it.each([
    ["education", "school-nis", "rs-medijana"],
    ["dormitory", "home-nis", "rs-nis"],
  ])("is refused while its own is closed, with whom to call and everything kept: %s", async (setting, id, place) => {
    await plan("rs-nis", 0);
    const at = await atSchool(setting);
    const seen = await visitor.post(`${at}/5/c`, {
      words: "ш",
      institution: id,
      institution_name: "the one by the bridge",
    });
    expect(seen.status).toBe(422);
    expect(seen.text).toContain('id="institution-error"');
    expect(seen.text).toContain("Reporting is not open yet where this school or institution is.");
    expect(seen.text).toContain("In danger call 192, to talk 116 111.");
    expect(seen.text).toContain(`href="/en/find?place=${place}"`);
    expect(seen.text).toContain(`value="${id}" checked`);
    expect(seen.text).toContain("the one by the bridge");
    expect(seen.text).toContain('value="ш"');
    await saved(visitor, `${at}/5/c`, { institution: "none", institution_name: "the one by the bridge" });
    expect(codeIn(await send(at))).toMatch(/^\d{16}$/);
    expect(await cases()).toBe(1);
  });

  it("cannot be sent by the button of its page either, and skipping it does not forget it silently", async () => {
    await plan("rs-nis", 0);
    const at = await atSchool();
    for (const go of ["send", "skip"])
      expect((await visitor.post(`${at}/5/c`, { institution: "school-nis", go })).status).toBe(422);
    expect(await cases()).toBe(0);
  });

  it("is taken where its own town is open, and so is one of the town typed", async () => {
    await plan("country", 0);
    for (const place of ["rs-nis", "rs-zemun"]) await plan(place, 3);
    for (const institution of ["school-nis", "school-zemun"]) {
      const at = await atSchool();
      await saved(visitor, `${at}/5/c`, { institution });
      expect(codeIn(await send(at))).toMatch(/^\d{16}$/);
    }
    expect(await cases()).toBe(2);
  });

  it("can be sent after its town closes by whoever began before", async () => {
    const at = await atSchool();
    test.pass(HOUR);
    await plan("rs-nis", 0, -1000);
    await saved(visitor, `${at}/5/c`, { institution: "school-nis" });
    expect(codeIn(await send(at))).toMatch(/^\d{16}$/);
  });

  it("is asked for again when it is sent from a town that was never open, with everything kept", async () => {
    const at = await atSchool();
    await saved(visitor, `${at}/5/c`, { institution: "school-nis" });
    // As if it had been open for a moment between this page and the last.
    await plan("rs-nis", 0);
    for (const page of ["10", "6"]) {
      const seen = await visitor.post(`${at}/${page}`, { go: "send" });
      expect(seen.status).toBe(422);
      expect(seen.text).toContain('id="institution-error"');
      expect(seen.text).toContain(`action="${at}/5/c"`);
      expect(seen.text).toContain('name="return" value="10"');
      expect(seen.text).toContain('value="school-nis" checked');
      expect(seen.text).toContain('href="/en/find?place=rs-medijana"');
    }
    expect(await cases()).toBe(0);
    expect((await visitor.get(`${at}/4`)).text).toContain("they push me");
    await saved(visitor, `${at}/5/c`, { institution: "school-zemun", return: "10" });
    expect(codeIn(await send(at))).toMatch(/^\d{16}$/);
  });

  it("says nothing where it happens elsewhere: a branch that was left again decides nothing", async () => {
    const at = await atSchool();
    await saved(visitor, `${at}/5/c`, { institution: "school-nis" });
    await plan("rs-nis", 0);
    await saved(visitor, `${at}/5`, { environment: "family", territory: "rs-zemun" });
    expect(codeIn(await send(at))).toMatch(/^\d{16}$/);
  });
});

describe("the report on one page", () => {
  const least = { danger: "no", role: "teacher", identity: "anonymous", forms: "social", truthful: "yes" };
  const whole = { ...least, story: "they push him", territory: "rs-nis" };

  it("says first that not every place is open, and refuses a closed one with the text kept", async () => {
    await plan("rs-nis", 2);
    const page = await visitor.get("/en/report/one");
    expect(page.text).toContain("Reporting is not open in every place yet");
    const draft = hiddenIn(page, "draft");
    const seen = await visitor.post("/en/report/one", { ...whole, draft });
    expect(seen.status).toBe(422);
    expect(seen.text).toContain('id="territory-error"');
    expect(seen.text).toContain("they push him");
    expect(seen.text).toContain("to talk 116 111");
    expect(seen.text).toContain('href="/en/find?place=rs-nis"');
    expect(await cases()).toBe(0);
    expect(codeIn(await visitor.post("/en/report/one", { ...whole, draft, territory: "rs-zemun" }))).toMatch(
      /^\d{16}$/,
    );
  });

  it("can be sent after its place closed by whoever opened it before, for as long as a draft lives", async () => {
    const open = async () => {
      const shown = await visitor.get("/en/report/one");
      return { draft: hiddenIn(shown, "draft"), opened: hiddenIn(shown, "opened") };
    };
    const [old, forgotten] = [await open(), await open()];
    test.pass(HOUR);
    await plan("rs-nis", 0, -1);
    const late = await open();
    // Neither a page opened since, nor the moment of another page, nor one that somebody made up.
    for (const hidden of [
      late,
      { ...late, opened: old.opened },
      { ...old, opened: old.opened.replace(/^./, (first) => (first === "A" ? "B" : "A")) },
    ])
      expect((await visitor.post("/en/report/one", { ...whole, ...hidden })).status).toBe(422);
    const back = await visitor.post("/en/report/one", { ...whole, ...old, truthful: "" });
    expect([back.status, hiddenIn(back, "opened")]).toEqual([422, old.opened]);
    expect(codeIn(await visitor.post("/en/report/one", { ...whole, ...old }))).toMatch(/^\d{16}$/);
    test.pass(HOUR);
    expect((await visitor.post("/en/report/one", { ...whole, ...forgotten })).status).toBe(422);
    expect(await cases()).toBe(1);
  });

  it("shows the code again to whoever sent it before its place closed", async () => {
    const draft = hiddenIn(await visitor.get("/en/report/one"), "draft");
    const code = codeIn(await visitor.post("/en/report/one", { ...whole, draft }));
    await plan("rs-nis", 0, -1);
    expect(codeIn(await visitor.post("/en/report/one", { ...whole, draft }))).toBe(code);
    expect(await cases()).toBe(1);
  });

  it("is not offered where no place is open, but the numbers are", async () => {
    await plan("country", 2);
    const seen = await visitor.get("/en/report/one");
    expect(seen.text).toContain("Reporting is not open here yet");
    expect(seen.text).not.toContain("<textarea");
    expect(seen.text).toContain('href="tel:116111"');
  });
});
