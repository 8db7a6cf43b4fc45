import { setTimeout as pause } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { type Lane, LaneFull } from "#platform/crypto/lane.ts";
import { newBudget } from "#platform/http/budget.ts";
import { type Budgets, newBudgets, newLanes } from "#platform/platform.ts";
import { openTestApp, type TestApp } from "../support/app.ts";
import { type Form, newVisitor, type Seen, type Visitor } from "../support/browser.ts";
import { hiddenIn, numbersOn, sendShortReport, signInAs, track, unpaced } from "../support/journey.ts";
import { begin, beginComplete, codeIn, MANDATORY, saved } from "./journey.ts";

const SECOND = 1000;
const STORY = 'First line, "quoted" & <b>bold</b>.\n\nThird line: ћирилица.';
let test: TestApp;
afterEach(() => test.close());

/** The service with budgets so small that a few people are a flood; a thousandth comes back each millisecond. */
async function open(bursts: Readonly<Partial<Record<keyof Omit<Budgets, "sameText">, number>>>): Promise<Visitor> {
  const small = Object.entries(bursts).map(([kind, burst]) => [kind, newBudget({ burst, perSecond: 1 })]);
  test = await openTestApp(unpaced({ budgets: { ...newBudgets(), ...Object.fromEntries(small) } }));
  return newVisitor(test);
}

/** What the button of a waiting page sends, and where to. */
function formOn({ text }: Seen): { path: string; fields: Form } {
  const [, path = "", inside = ""] = /<form method="post" action="([^"]+)"[^>]*>([\s\S]*?)<\/form>/.exec(text) ?? [];
  const fields: Record<string, string[]> = {};
  for (const [, name = "", value = ""] of inside.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)) {
    fields[name] = [...(fields[name] ?? []), plain(value)];
  }
  return { path, fields };
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };
const plain = (html: string) => html.replace(/&([\w#]+);/g, (whole, name: string) => ENTITIES[name] ?? whole);

function expectWaiting(seen: Seen): void {
  expect([seen.status, seen.headers.get("retry-after")]).toEqual([503, "5"]);
  expect(seen.text).toContain("<title>One moment</title>");
  expect(seen.text).toContain('href="tel:192"');
}

const cases = () => test.database.raw("select id from case_file");

describe("a class of thirty behind one address", () => {
  it("begins, writes and sends at once, and nobody sees a waiting page", async () => {
    test = await openTestApp(unpaced());
    const sent = await Promise.all(Array.from({ length: 30 }, () => sendShortReport(newVisitor(test))));
    expect(new Set(sent.map(({ code }) => code)).size).toBe(30);
    expect(await cases()).toHaveLength(30);
  });
});

describe("who begins in a flood", () => {
  it("waits on a page that asks by itself, and begins as soon as there is room", async () => {
    const person = await open({ drafts: 1 });
    await begin(newVisitor(test));
    const waiting = [await person.post("/en/report", {}), await person.get("/en/report/turn")];
    for (const seen of waiting) {
      expectWaiting(seen);
      expect(seen.headers.get("refresh")).toBe("5;url=/en/report/turn");
    }
    test.pass(SECOND);
    const begun = await person.get("/en/report/turn");
    expect([begun.status, begun.path]).toEqual([303, expect.stringMatching(/^\/en\/r\/[\w-]+\/1$/)]);
    expect([...person.cookies.keys()]).toEqual(["r"]);
    expect((await person.get(begun.path)).status).toBe(200);
  });

  it("is spoken with as chosen, and goes on so", async () => {
    const person = await open({ drafts: 0 });
    expect((await person.post("/sr/report", { voice: "adult" })).text).toContain("Не морате ништа да радите.");
    expect((await person.get("/sr/report/turn")).text).toContain("Не морате ништа да радите.");
    expect((await newVisitor(test).post("/sr/report", {})).text).toContain("Не мораш ништа да радиш.");
  });

  it("begins nothing by that address without having pressed the button, nor in a page fetched in advance", async () => {
    const person = await open({ drafts: 1 });
    expect((await person.get("/en/report/turn")).path).toBe("/en/report");
    await begin(newVisitor(test));
    await person.post("/en/report", {});
    test.pass(SECOND);
    expect((await person.get("/en/report/turn", { "sec-purpose": "prefetch" })).path).toBe("/en/report");
    expect(await test.database.raw("select id from draft")).toHaveLength(1);
  });

  it("leaves no trace of waiting after leaving", async () => {
    const person = await open({ drafts: 0 });
    await person.post("/en/report", {});
    expect([...person.cookies.keys()]).toEqual(["b"]);
    await person.get("/leave");
    expect([...person.cookies.keys()]).toEqual(["away"]);
  });
});

describe("who writes in a flood", () => {
  it("gets every typed field back, and the button sends exactly these to the same address", async () => {
    const person = await open({ pages: 1 });
    const at = await begin(person);
    await saved(person, `${at}/1`, { danger: "no" });
    const typed = { forms: ["physical", "digital"], story: STORY, truthful: "yes", return: "10" };
    const waiting = await person.post(`${at}/4`, typed);
    expectWaiting(waiting);
    const { path, fields } = formOn(waiting);
    expect(path).toBe(`${at}/4`);
    // What was chosen from a list travels along; only what was written is shown.
    expect(waiting.text.match(/<textarea/g)).toHaveLength(1);
    expect(fields).toEqual({ forms: ["physical", "digital"], story: [STORY], truthful: ["yes"], return: ["10"] });
    expectWaiting(await person.post(path, fields));
    test.pass(SECOND);
    await saved(person, path, fields);
    const [, shown = ""] =
      /<textarea[^>]*name="story"[^>]*>\n([\s\S]*?)<\/textarea>/.exec((await person.get(path)).text) ?? [];
    expect(plain(shown)).toBe(STORY);
  });

  it("keeps the draft while waiting to send, and it is one report with its code", async () => {
    const person = await open({ reports: 1 });
    await sendShortReport(newVisitor(test));
    const at = await beginComplete(person);
    const waiting = await person.post(`${at}/6`, { when: "in March", go: "send" });
    expectWaiting(waiting);
    expect((await person.get(`${at}/6`)).text).toContain("in March");
    expect(await cases()).toHaveLength(1);
    const { path, fields } = formOn(waiting);
    test.pass(SECOND);
    expect(codeIn(await person.send(path, fields))).toMatch(/^\d{16}$/);
    expect(codeIn(await person.send(path, fields))).toMatch(/^\d{16}$/);
    expect(await cases()).toHaveLength(2);
  });

  it("spends nothing by sending what is not complete or already sent", async () => {
    // Three for what is not complete, five pages, and the one that sends.
    const person = await open({ pages: 9, reports: 1 });
    const unfinished = await begin(person);
    for (let turn = 0; turn < 3; turn++) await person.post(`${unfinished}/1`, { danger: "no", go: "send" });
    const at = await beginComplete(person);
    expect(codeIn(await person.send(`${at}/10`, { go: "send" }))).toBeDefined();
    expect(codeIn(await person.send(`${at}/10`, { go: "send" }))).toBeDefined();
  });

  it("adds to a report: the words come back, and are exactly one message in the end", async () => {
    const person = await open({ messages: 0 });
    const { code } = await sendShortReport(person);
    const once = hiddenIn(await track(person, code), "once", "/track/messages");
    const waiting = await person.post("/en/track/messages", { words: STORY, once });
    expectWaiting(waiting);
    const { path, fields } = formOn(waiting);
    expect([path, fields]).toEqual(["/en/track/messages", { words: [STORY], once: [once] }]);
    expect(await test.database.raw("select id from entry where kind = 'message-from-reporter'")).toEqual([]);
  });
});

describe("a lane for sending that is full", () => {
  /** Full for the first that come, and free afterwards. */
  async function openFull(times: number): Promise<Visitor> {
    let left = times;
    const submission: Lane = { run: (work) => (left-- > 0 ? Promise.reject(new LaneFull()) : work()) };
    test = await openTestApp(unpaced({ lanes: { ...newLanes(), submission } }));
    return newVisitor(test);
  }

  it("blames nobody: many write now, nothing is lost, and the button sends again", async () => {
    const person = await openFull(2);
    const at = (await beginComplete(person)).replace("/en/", "/sr/");
    for (const [voice, words] of [
      ["young", "Сачекај неколико секунди, па притисни дугме."],
      ["adult", "Сачекајте неколико секунди, па притисните дугме."],
    ] as const) {
      person.cookies.set("v", voice);
      const waiting = await person.post(`${at}/10`, { go: "send" });
      expect([waiting.status, waiting.headers.get("retry-after")]).toEqual([503, "5"]);
      expect(waiting.text).toContain("Управо сада пише веома много људи.");
      expect(waiting.text).toContain("ништа није изгубљено");
      expect(waiting.text).toContain(words);
      expect(waiting.text).not.toContain("Превише покушаја");
      expect(formOn(waiting)).toEqual({ path: `${at}/10`, fields: { go: ["send"] } });
    }
    expect(codeIn(await person.send(`${at}/10`, { go: "send" }))).toMatch(/^\d{16}$/);
    expect(await cases()).toHaveLength(1);
  });

  it("gives the one page back with all that was typed", async () => {
    const person = await openFull(1);
    const draft = hiddenIn(await person.get("/en/report/one"), "draft");
    const typed = { danger: "no", role: "victim_child", identity: "anonymous", territory: "rs-zemun", truthful: "yes" };
    const waiting = await person.post("/en/report/one", { ...typed, draft, story: STORY });
    expectWaiting(waiting);
    expect(waiting.text).toContain("Very many people are writing right now.");
    const { path, fields } = formOn(waiting);
    expect(fields).toMatchObject({ draft: [draft], story: [STORY] });
    expect(codeIn(await person.post(path, fields))).toMatch(/^\d{16}$/);
  });
});

describe("danger", () => {
  const DANGEROUS: readonly (readonly [string, Readonly<Record<string, Form>>])[] = [
    ["said on the first page", { "1": { danger: "yes" } }],
    ["said to be going on now", { "6": { frequency: "ongoing_now" } }],
  ];

  it.each(DANGEROUS)("%s is saved and sent at once, however much arrives", async (_, answers) => {
    const person = await open({ pages: 5, reports: 0 });
    const at = await begin(person);
    for (const [page, fields] of MANDATORY) await saved(person, `${at}/${page}`, { ...fields, ...answers[page] });
    const other = newVisitor(test);
    expectWaiting(await other.post(`${await begin(other)}/1`, { danger: "no" }));
    await saved(person, `${at}/6`, { frequency: "weekly", ...answers["6"] });
    await saved(person, `${at}/9`, { told: ["friend"] });
    expect(codeIn(await person.send(`${at}/10`, { go: "send" }))).toMatch(/^\d{16}$/);
  });

  it("lets the reporter write on, and a cry for help never waits", async () => {
    const [afraid, other] = [await open({ messages: 0 }), newVisitor(test)];
    const danger = await sendShortReport(afraid, { "1": { danger: "yes" } });
    const calm = await sendShortReport(other);
    await track(afraid, danger.code);
    await track(other, calm.code);
    expect((await afraid.post("/en/track/messages", { words: "he is here" })).status).toBe(303);
    expectWaiting(await other.post("/en/track/messages", { words: "one more thing" }));
    expect((await other.post("/en/track/safety", {})).status).toBe(303);
    expect((await other.post("/en/track/messages", { words: "one more thing" })).status).toBe(303);
  });
});

describe("a flood to its end", () => {
  it("loses nothing: everybody gets through by asking again, and every code opens its own report", async () => {
    await open({ drafts: 2, pages: 6, reports: 1 });
    const people = Array.from({ length: 8 }, (_, turn) => patientReport(newVisitor(test), `story ${turn}`));
    let done = false;
    const sent = Promise.all(people).finally(() => {
      done = true;
    });
    while (!done) {
      test.pass(SECOND / 4);
      await pause(5);
    }
    const reports = await sent;
    expect(reports.some(({ waited }) => waited > 0)).toBe(true);
    expect(await cases()).toHaveLength(8);
    const { texts } = await readAll();
    for (const { code, story } of reports) {
      expect((await track(newVisitor(test), code)).text).toContain("Your report");
      expect(texts.filter((text) => text.includes(`${story}</p>`))).toHaveLength(1);
    }
  }, 30_000);
});

/** The page of every report, as the desk reads it. */
async function readAll(): Promise<{ texts: readonly string[] }> {
  const operator = newVisitor(test);
  await signInAs(operator);
  const texts: string[] = [];
  for (const number of numbersOn(await operator.get("/staff/cases"))) {
    texts.push((await operator.get(`/staff/cases/${number}`)).text);
  }
  return { texts };
}

/** Fills in a report and presses the button of every waiting page until it goes on. */
async function patientReport(visitor: Visitor, story: string) {
  let waited = 0;
  async function patiently(seen: Seen, again: () => Promise<Seen>): Promise<Seen> {
    for (let next = seen; ; next = await again()) {
      if (next.status === 303) return next;
      expectWaiting(next);
      waited++;
      await pause(5);
    }
  }
  const begun = await patiently(await visitor.post("/en/report", {}), () => visitor.get("/en/report/turn"));
  const at = begun.path.slice(0, -2);
  for (const [page, fields] of [...MANDATORY, ["10", { go: "send" }] as const]) {
    const first = await visitor.post(`${at}/${page}`, page === "4" ? { ...fields, story } : fields);
    const { path, fields: kept } = first.status === 303 ? { path: "", fields: {} } : formOn(first);
    await patiently(first, () => visitor.post(path, kept));
  }
  return { code: codeIn(await visitor.get(`${at}/done`)) ?? "", story, waited };
}
