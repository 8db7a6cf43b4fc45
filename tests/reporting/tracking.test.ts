import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { COLLEAGUE, openTestApp, type TestApp } from "../support/app.ts";
import { newVisitor, type Visitor } from "../support/browser.ts";
import { fillReport, hiddenIn, numbersOn, sendShortReport, signInAs, track, unpaced } from "../support/journey.ts";

const MINUTE = 60_000;
let test: TestApp;
let reporter: Visitor;
let operator: Visitor;

beforeEach(async () => {
  test = await openTestApp(unpaced());
  reporter = newVisitor(test);
  operator = newVisitor(test);
});
afterEach(() => test.close());

const inbox = async () => numbersOn(await operator.get("/staff/cases"));

describe("a code", () => {
  it("opens the report's own page with days and without times or names", async () => {
    const { code } = await fillReport(reporter);
    await signInAs(operator);
    const [number = ""] = await inbox();
    await operator.get(`/staff/cases/${number}`);
    await operator.post(`/staff/cases/${number}/messages`, { message: "We read it. Is Monday fine?", asks: "yes" });
    const seen = await track(newVisitor(test), code);
    expect(seen.text).toContain("Your report arrived");
    expect(seen.text).toContain("Somebody from the team read it");
    expect(seen.text).toContain("The team asked you something");
    expect(seen.text).toContain("Sunday 22 November");
    expect(seen.text).toContain('datetime="2026-11-22"');
    expect(seen.text).toContain("We read it. Is Monday fine?");
    expect(seen.text).not.toMatch(/\d{1,2}:\d{2}/);
    expect(seen.text).not.toMatch(/Olga|Operator|operator@/);
    expect(seen.text).not.toContain(number);
  });

  it("says by which day somebody reads it until somebody has", async () => {
    const { code } = await sendShortReport(reporter);
    expect((await track(newVisitor(test), code)).text).toContain("At the latest: Monday 23 November.");
    await signInAs(operator);
    await operator.get(`/staff/cases/${(await inbox())[0]}`);
    expect((await track(newVisitor(test), code)).text).not.toContain("At the latest: Monday 23 November.");
  });

  it("is taken with spaces and hyphens, as people copy it", async () => {
    const { code } = await sendShortReport(reporter);
    const grouped = code.replace(/.{4}(?=.)/g, "$& - ");
    expect((await newVisitor(test).post("/en/track", { code: ` ${grouped}\n` })).status).toBe(303);
  });

  it("that is no code is answered with a clear sentence, and what was typed stays in the box", async () => {
    for (const typed of ["12345", "abc", "1234 5678 9012 345", "1".repeat(17), ""]) {
      const seen = await newVisitor(test).post("/en/track", { code: typed });
      expect(seen.status, typed).toBe(422);
      expect(seen.text).toContain("A code has 16 digits.");
      if (typed) expect(seen.text).toContain(`value="${typed}"`);
    }
    expect((await newVisitor(test).post("/en/track", {})).text).toContain("A code has 16 digits.");
  });

  it("shows its own report and never another's", async () => {
    const mine = await sendShortReport(reporter);
    const other = newVisitor(test);
    const theirs = await sendShortReport(other);
    await track(reporter, mine.code);
    await track(other, theirs.code);
    await reporter.post("/en/track/messages", { words: "only mine" });
    await other.post("/en/track/messages", { words: "only theirs" });
    expect((await reporter.get("/en/track")).text).toContain("only mine");
    expect((await reporter.get("/en/track")).text).not.toContain("only theirs");
    expect((await other.get("/en/track")).text).toContain("only theirs");
    // The id of one session with the key of another opens nothing.
    const [id] = reporter.cookies.get("t")?.split(".") ?? [];
    const [, key] = other.cookies.get("t")?.split(".") ?? [];
    const mixed = newVisitor(test, new Map([["t", `${id}.${key}`]]));
    expect((await mixed.get("/en/track")).text).toContain('name="code"');
  });

  it("another code in the same browser shows the other report alone", async () => {
    const one = await sendShortReport(reporter);
    const two = await sendShortReport(reporter);
    await track(reporter, one.code);
    await reporter.post("/en/track/messages", { words: "said in the first" });
    expect((await track(reporter, two.code)).text).not.toContain("said in the first");
  });

  it("stands in no address and no title", async () => {
    const { code } = await sendShortReport(reporter);
    await signInAs(operator);
    const [number = ""] = await inbox();
    const seen = [
      await reporter.post("/en/track", { code }),
      await reporter.get("/en/track"),
      await reporter.post("/en/track/messages", { words: "secret words" }),
      await reporter.get("/en/track?done=1"),
      await reporter.post("/en/track/safety", {}),
      await reporter.post("/en/track/end", {}),
      await reporter.post("/en/track", { code: "0000000000000000" }),
    ];
    for (const { path, text, headers } of seen) {
      const title = /<title>([^<]*)<\/title>/.exec(text)?.[1] ?? "";
      for (const told of [code, code.slice(0, 4), number, number.slice(5), "secret"]) {
        expect(`${path} ${title} ${headers.get("location")}`).not.toContain(told);
      }
      if (title) expect(title).toMatch(/^(Error: )?Page$/);
    }
  });
});

describe("messages", () => {
  it("go both ways", async () => {
    const { code } = await sendShortReport(reporter);
    await signInAs(operator);
    const [number = ""] = await inbox();
    await operator.get(`/staff/cases/${number}`);
    await operator.post(`/staff/cases/${number}/messages`, { message: "Where does it happen?", asks: "yes" });
    expect((await track(reporter, code)).text).toContain("The team asks you something.");
    await reporter.post("/en/track/messages", { words: "Behind the <gym>\r\nafter school" });
    const sheet = await operator.get(`/staff/cases/${number}`);
    expect(sheet.text).toContain("Behind the &lt;gym&gt;\nafter school");
    await operator.post(`/staff/cases/${number}/messages`, { message: "Thank you. We speak with the school." });
    const seen = await reporter.get("/en/track");
    expect(seen.text).toContain("Thank you. We speak with the school.");
    expect(seen.text).toContain("There is an answer for you further down the page.");
  });

  it("of one form sent twice are one message", async () => {
    const { code } = await sendShortReport(reporter);
    const shown = await track(reporter, code);
    const once = hiddenIn(shown, "once", "/track/messages");
    await Promise.all([1, 2, 3].map(() => reporter.post("/en/track/messages", { words: "said once", once })));
    await reporter.post("/en/track/messages", { words: "said once", once });
    expect((await reporter.get("/en/track")).text.split("said once")).toHaveLength(2);
    const next = hiddenIn(await reporter.get("/en/track"), "once", "/track/messages");
    expect(next).not.toBe(once);
    await reporter.post("/en/track/messages", { words: "said once", once: next });
    expect((await reporter.get("/en/track")).text.split("said once")).toHaveLength(3);
  });

  it("of one form that say something else the second time are two messages", async () => {
    const { code } = await sendShortReport(reporter);
    const once = hiddenIn(await track(reporter, code), "once", "/track/messages");
    for (const words of ["the first words", "other words", "the first words"]) {
      expect((await reporter.send("/en/track/messages", { words, once })).text).toContain(words);
    }
    const { text } = await reporter.get("/en/track");
    expect(text.split("the first words")).toHaveLength(2);
    expect(text.split("other words")).toHaveLength(2);
  });

  it("sent at the same moment from several places all arrive", async () => {
    const { code } = await sendShortReport(reporter);
    await track(reporter, code);
    const sent = await Promise.all(
      Array.from({ length: 8 }, (_, at) => reporter.post("/en/track/messages", { words: `moment ${at}.` })),
    );
    expect(sent.map(({ status }) => status)).toEqual(Array(8).fill(303));
    const { text } = await reporter.get("/en/track");
    for (let at = 0; at < 8; at++) expect(text).toContain(`moment ${at}.`);
  });

  it("more than a page of them are read back page by page", async () => {
    const { code } = await sendShortReport(reporter);
    await track(reporter, code);
    for (let at = 10; at < 35; at++) await reporter.post("/en/track/messages", { words: `word ${at}.` });
    const newest = await reporter.get("/en/track");
    expect(newest.text).toContain("word 34.");
    expect(newest.text).not.toContain("word 14.");
    const [, earlier = ""] = /formaction="(\/en\/track\/messages\?below=\d+)"/.exec(newest.text) ?? [];
    const older = await reporter.post(earlier, { go: "stay", words: "half a sent" });
    expect(older.text).toContain("half a sent</textarea>");
    expect(older.text).toContain("word 10.");
    expect(older.text).toContain("word 14.");
    expect(older.text).not.toContain("word 15.");
  });

  it("that are empty or too long are refused, and the text stays", async () => {
    const { code } = await sendShortReport(reporter);
    await track(reporter, code);
    const empty = await reporter.post("/en/track/messages", { words: "  \n " });
    expect([empty.status, empty.text.includes("Write something first")]).toEqual([422, true]);
    const long = await reporter.post("/en/track/messages", { words: `begin ${"x".repeat(10_000)} end` });
    expect(long.status).toBe(422);
    expect(long.text).toContain("longer than 10,000 characters");
    expect(long.text).toContain("xx end</textarea>");
  });
});

describe("I am not safe now", () => {
  const seeing = async () => (await operator.get("/staff/cases")).text;

  it("puts the report first at once", async () => {
    const { code } = await sendShortReport(reporter);
    await signInAs(operator);
    const [mine = ""] = await inbox();
    test.pass(MINUTE);
    await sendShortReport(newVisitor(test), { "1": { danger: "yes" } });
    expect((await inbox())[0]).not.toBe(mine);
    await track(reporter, code);
    const told = await reporter.send("/en/track/safety", {});
    expect(told.text).toContain("The team sees now that you are not safe.");
    expect((await inbox())[0]).toBe(mine);
    expect(await seeing()).toContain("NOT SAFE NOW");
    expect((await operator.get(`/staff/cases/${mine}`)).text).toContain("I am not safe now.");
  });

  it("said again from one page lifts the report again after somebody had set the urgency", async () => {
    const { code } = await sendShortReport(reporter);
    await signInAs(operator);
    const [number = ""] = await inbox();
    const once = hiddenIn(await track(reporter, code), "once", "/track/safety");
    await reporter.post("/en/track/safety", { once });
    await reporter.post("/en/track/safety", { once });
    const version = hiddenIn(await operator.get(`/staff/cases/${number}`), "version");
    await operator.post(`/staff/cases/${number}/urgency`, { urgency: "p3", reason: "seen on the phone", version });
    expect(await seeing()).not.toContain("NOT SAFE NOW");
    expect((await reporter.send("/en/track/safety", { once })).text).toContain("sees now that you are not safe");
    expect(await seeing()).toContain("NOT SAFE NOW");
    expect(await test.database.raw("select id from case_event where kind = 'not-safe'")).toHaveLength(1);
    expect(await test.database.raw("select id from audit_entry where action = 'report.notSafe'")).toHaveLength(2);
  });

  it("opens a closed report again", async () => {
    const { code } = await sendShortReport(reporter);
    await signInAs(operator);
    const [number = ""] = await inbox();
    await operator.get(`/staff/cases/${number}`);
    const sheet = await operator.get(`/staff/cases/${number}`);
    await operator.post(`/staff/cases/${number}/status`, { status: "closed", version: hiddenIn(sheet, "version") });
    expect(await inbox()).toEqual([]);
    await track(reporter, code);
    await reporter.post("/en/track/safety", {});
    expect(await inbox()).toEqual([number]);
    expect(await seeing()).toContain("Reopened");
  });

  it("is not taken off the top by a colleague who had not seen it", async () => {
    const { code } = await sendShortReport(reporter);
    await signInAs(operator);
    const [number = ""] = await inbox();
    await operator.get(`/staff/cases/${number}`);
    const stale = hiddenIn(await operator.get(`/staff/cases/${number}`), "version");
    await track(reporter, code);
    await reporter.post("/en/track/safety", {});
    for (const [page, form] of [
      ["urgency", { urgency: "p4" }],
      ["status", { status: "closed" }],
    ] as const) {
      const answer = await operator.post(`/staff/cases/${number}/${page}`, { ...form, version: stale });
      expect(answer.status, page).toBe(409);
      // The cry arrived behind the page that was answered: nothing on this one may take it away.
      expect(answer.text, page).toContain("I am not safe now.");
      expect(answer.text, page).toContain(`href="/staff/cases/${number}"`);
      expect(answer.text, page).not.toContain("Set mine all the same");
      expect(answer.text, page).not.toContain('name="version"');
    }
    expect(await seeing()).toContain("NOT SAFE NOW");
    const fresh = hiddenIn(await operator.get(`/staff/cases/${number}`), "version");
    expect(
      (
        await operator.post(`/staff/cases/${number}/urgency`, {
          urgency: "p0",
          reason: "seen on the phone",
          version: fresh,
        })
      ).status,
    ).toBe(303);
    expect(await seeing()).not.toContain("NOT SAFE NOW");
  });

  it.each(["closed", "not_competent"])(
    "keeps a report from being %s before somebody sets the urgency",
    async (status) => {
      const { code } = await sendShortReport(reporter);
      await signInAs(operator);
      const [number = ""] = await inbox();
      await operator.get(`/staff/cases/${number}`);
      await track(reporter, code);
      await reporter.post("/en/track/safety", {});
      const version = () => operator.get(`/staff/cases/${number}`).then((seen) => hiddenIn(seen, "version"));
      const refused = await operator.post(`/staff/cases/${number}/status`, { status, version: await version() });
      expect(refused.status).toBe(422);
      expect(refused.text).toContain("Look at that first and set the urgency");
      expect(refused.text).toContain("I am not safe now.");
      expect(await inbox()).toEqual([number]);
      await operator.post(`/staff/cases/${number}/urgency`, {
        urgency: "p1",
        reason: "seen on the phone",
        version: await version(),
      });
      const done = await operator.post(`/staff/cases/${number}/status`, { status, version: await version() });
      expect(done.status).toBe(303);
      expect(await inbox()).toEqual([]);
    },
  );

  it("is recorded, and so is every opening by the code", async () => {
    const { code } = await sendShortReport(reporter);
    await track(reporter, code);
    await reporter.post("/en/track/safety", {});
    await reporter.post("/en/track/messages", { words: "more" });
    const rows = await test.database.raw(
      "select action, actor_kind, actor_id from audit_entry where actor_kind = 'reporter'",
    );
    expect(rows.map(({ action }) => action).sort()).toEqual(
      ["report.answered", "report.notSafe", "report.received", "report.tracked"].sort(),
    );
    expect(rows.every(({ actor_id }) => actor_id === null)).toBe(true);
  });
});

describe("words added to a closed report", () => {
  it("are seen by the desk without looking for closed reports", async () => {
    const { code } = await sendShortReport(reporter);
    await signInAs(operator, COLLEAGUE);
    const [number = ""] = await inbox();
    await operator.get(`/staff/cases/${number}`);
    const version = hiddenIn(await operator.get(`/staff/cases/${number}`), "version");
    await operator.post(`/staff/cases/${number}/status`, { status: "closed", version });
    await track(reporter, code);
    const told = await reporter.send("/en/track/messages", { words: "it began again" });
    expect(await inbox()).toEqual([number]);
    expect(told.text).toMatch(/Your new words arrived.*The report is open again/s);
    const [row] = await test.database.raw("select detail from audit_entry where action = 'report.answered'");
    expect(JSON.parse(String(row?.detail))).toEqual({ from: "closed", to: "reopened" });
  });
});

describe("a question and its answer", () => {
  it("move the state, and the timeline and the audit say so", async () => {
    const { code } = await sendShortReport(reporter);
    await signInAs(operator);
    const [number = ""] = await inbox();
    await operator.get(`/staff/cases/${number}`);
    await operator.post(`/staff/cases/${number}/messages`, { message: "Where?", asks: "yes" });
    expect((await track(reporter, code)).text).toMatch(/asked you something.*The team waits for your answer/s);
    await reporter.post("/en/track/messages", { words: "behind the gym" });
    await reporter.post("/en/track/messages", { words: "and after school" });
    expect((await reporter.get("/en/track")).text.split("The team thinks about who can help")).toHaveLength(2);
    const detailsOf = async (action: string) =>
      (await test.database.raw(`select detail from audit_entry where action = '${action}'`)).map(({ detail }) =>
        JSON.parse(String(detail)),
      );
    expect(await detailsOf("case.messageSent")).toEqual([{ kind: "question", from: "triage", to: "info_needed" }]);
    const moved = { from: "info_needed", to: "triage" };
    expect(await detailsOf("report.answered")).toEqual(expect.arrayContaining([moved, {}]));
  });
});

describe("a report that nobody has read in time", () => {
  it("is said to be late, with the day that was missed and where to call, until somebody reads it", async () => {
    const { code } = await sendShortReport(newVisitor(test));
    expect((await track(reporter, code)).text).not.toContain("is late");
    test.pass(25 * 60 * 60_000);
    const late = await track(reporter, code);
    expect(late.text).toMatch(/The team is late\. They had until [^<]*23 November[^<]*192/);
    expect(late.text).toContain('<li class="late"><b>Late: nobody has read it yet</b>');
    const [number] = numbersOn(await signInAs(operator));
    await operator.get(`/staff/cases/${number}`);
    expect((await track(reporter, code)).text).not.toContain("is late");
  });
});

describe("what an old page or an old cookie may still say", () => {
  it("an address from before says that help knows only while the cry stands", async () => {
    const { code } = await sendShortReport(newVisitor(test));
    await track(reporter, code);
    const sent = await reporter.send("/en/track/safety", {});
    expect(sent.text).toContain("sees now that you are not safe");
    const [number] = numbersOn(await signInAs(operator));
    const page = await operator.get(`/staff/cases/${number}`);
    const version = hiddenIn(page, "version", "/urgency");
    await operator.post(`/staff/cases/${number}/urgency`, { urgency: "p1", reason: "seen on the phone", version });
    expect((await reporter.get("/en/track?done=2")).text).not.toContain("sees now that you are not safe");
  });

  it("opening another report closes the one before", async () => {
    const first = await sendShortReport(newVisitor(test));
    const second = await sendShortReport(newVisitor(test));
    await track(reporter, first.code);
    const copy = new Map(reporter.cookies);
    await track(reporter, second.code);
    expect((await newVisitor(test, copy).get("/en/track")).text).toContain('name="code"');
  });

  it("pressing again in fear keeps the report on top and writes no second line for a minute", async () => {
    const { code } = await sendShortReport(newVisitor(test));
    await track(reporter, code);
    for (let press = 0; press < 5; press++) await reporter.post("/en/track/safety", {});
    const lines = async () =>
      Number((await test.database.raw("select count(*) as n from case_event where kind = 'not-safe'"))[0]?.n);
    expect(await lines()).toBe(1);
    test.pass(61_000);
    await reporter.post("/en/track/safety", {});
    expect(await lines()).toBe(2);
  });
});
