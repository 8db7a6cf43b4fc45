import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CaseFacts } from "#casework/case.ts";
import { rangesAt, selectRows } from "#casework/inbox-store.ts";
import { proposeUrgency } from "#casework/propose-urgency.ts";
import { SPAM_SIGNS, shelfFor } from "#casework/shelf.ts";
import { loadCountry } from "#country/index.ts";
import { isPostgres } from "#platform/db/columns.ts";
import { newBuckets } from "#platform/http/buckets.ts";
import { newBudgets } from "#platform/platform.ts";
import { createApp } from "../../src/app.ts";
import { NOON, openTestApp, STRANGER, type TestApp } from "../support/app.ts";
import { type Form, newVisitor, type Seen, type Visitor } from "../support/browser.ts";
import { codeOn, hiddenIn, numbersOn, signInAs, track, unpaced } from "../support/journey.ts";
import { type BareCase, insertBareCases, numberAt } from "./rows.ts";

const HOUR = 3_600_000;
const SHELF = "/staff/cases?shelf=likely_spam";
const LINKS = "https://win.example/now www.win.example";
const ADULT: Form = { role: "citizen" };

let test: TestApp;
let operator: Visitor;
beforeEach(async () => {
  test = await openTestApp(unpaced());
  operator = newVisitor(test);
  await signInAs(operator);
});
afterEach(() => test.close());

interface Sent {
  readonly answers?: Readonly<Record<string, Form>>;
  readonly story?: string;
  readonly trap?: string;
  /** How long the journey took; a minute where nothing is said. */
  readonly tookMs?: number;
}

/** Sends a report of an adult in no danger, and returns its code. */
async function send(visitor: Visitor, { answers = {}, story = "they push him", trap, tookMs = 60_000 }: Sent = {}) {
  const begun = await visitor.post("/en/report", trap === undefined ? {} : { [await trapOn(visitor)]: trap });
  const at = begun.path.slice(0, -2);
  const pages: readonly (readonly [string, Form])[] = [
    ["1", { danger: "no" }],
    ["2", ADULT],
    ["3", { identity: "anonymous" }],
    ["4", { forms: ["social"], story, truthful: "yes" }],
    ["5", { environment: "education", territory: "rs-zemun" }],
  ];
  test.pass(tookMs);
  for (const [page, fields] of pages) await visitor.post(`${at}/${page}`, { ...fields, ...answers[page] });
  await visitor.post(`${at}/6`, { ...answers["6"], go: "send" });
  return codeOn(await visitor.get(`${at}/done`)) ?? "none";
}

/** The name of the box that people do not see: hidden from eyes, from screen readers and from the keyboard. */
async function trapOn(visitor: Visitor): Promise<string> {
  const { text } = await visitor.get("/en/report");
  const [, box = ""] = /<div class="visually-hidden" aria-hidden="true">([\s\S]*?)<\/div>/.exec(text) ?? [];
  expect(box).toContain("Leave this box empty</label>");
  const [, name = ""] = /<input id="(\w+)" name="\1" tabindex="-1" autocomplete="off">/.exec(box) ?? [];
  return name;
}

const inInbox = async () => numbersOn(await operator.get("/staff/cases"));
const onShelf = async () => numbersOn(await operator.get(SHELF));
const count = async () => /Likely spam: ([\d+]+)/.exec((await operator.get("/staff/cases")).text)?.[1];
const auditOf = (action: string) => test.database.raw(`select * from audit_entry where action = '${action}'`);

/** Sends one report that lies on the shelf and returns its code and the address of its page. */
async function shelved(): Promise<{ code: string; path: string; reporter: Visitor }> {
  const reporter = newVisitor(test);
  const code = await send(reporter, { trap: "buy now" });
  return { code, path: `/staff/cases/${(await onShelf())[0]}`, reporter };
}

async function decide(path: string, decision: string, page?: Seen): Promise<Seen> {
  const version = hiddenIn(page ?? (await operator.get(path)), "version", "/shelf");
  return operator.post(`${path}/shelf`, { decision, version });
}

describe("what looks like a machine", () => {
  const SIGNS: readonly (readonly [string, Sent, string])[] = [
    ["fills in the box that people do not see", { trap: "x" }, "A box that people do not see was filled in."],
    ["is done within three seconds", { tookMs: 2999 }, "It was sent faster than a person can fill it in."],
    ["writes nothing but links", { story: LINKS }, "The description holds nothing but links."],
    ["writes one character", { story: "xxXx xxx" }, "The description is one character over and over."],
  ];

  it.each(SIGNS)("and %s lies on the shelf, and the page says which sign it was", async (_, sent, sign) => {
    await send(newVisitor(test), sent);
    expect([await inInbox(), (await onShelf()).length, await count()]).toEqual([[], 1, "1"]);
    const { text } = await operator.get(`/staff/cases/${(await onShelf())[0]}`);
    expect(text).toContain(sign);
    expect(text.match(/<section id="decision"[\s\S]*?<\/ul>/)?.[0].match(/<li>/g)).toHaveLength(1);
  });

  it("and sends one text too often in an hour lies there from then on", async () => {
    await test.close();
    test = await openTestApp(unpaced({ budgets: { ...newBudgets(), sameText: newBuckets(2, HOUR) } }));
    operator = newVisitor(test);
    await signInAs(operator);
    const story = "Buy the very best watches at our shop";
    for (let turn = 0; turn < 2; turn++) await send(newVisitor(test), { story });
    await send(newVisitor(test), { story: "Another text that nobody else has written" });
    expect(await onShelf()).toEqual([]);
    await send(newVisitor(test), { story: "  buy the VERY best\nwatches at our  shop " });
    expect([(await inInbox()).length, (await onShelf()).length]).toEqual([3, 1]);
    for (let turn = 0; turn < 4; turn++) await send(newVisitor(test), { story: "please help" });
    expect((await onShelf()).length).toBe(1);
    test.pass(HOUR);
    await send(newVisitor(test), { story });
    await signInAs(operator);
    expect((await onShelf()).length).toBe(1);
  });

  it("is told from a person: three seconds, words beside a link, few letters, a link about the internet", async () => {
    await send(newVisitor(test), { tookMs: 3000 });
    await send(newVisitor(test), { story: `he wrote this: ${LINKS}` });
    await send(newVisitor(test), { story: "????" });
    await send(newVisitor(test), { story: LINKS, answers: { "5": { environment: "digital" } } });
    await send(newVisitor(test), { story: LINKS, answers: { "4": { forms: ["digital"] } } });
    await send(newVisitor(test), { trap: "" });
    expect([(await inInbox()).length, await onShelf()]).toEqual([6, []]);
  });
});

describe("the shelf never takes", () => {
  const NEVER: readonly (readonly [string, Readonly<Record<string, Form>>])[] = [
    ["danger now", { "1": { danger: "yes" } }],
    ["doubt about danger", { "1": { danger: "unsure" } }],
    ["what is going on now", { "6": { frequency: "ongoing_now" } }],
    ["a child that suffers it", { "2": { role: "victim_child" } }],
    ["a child that saw it", { "2": { role: "witness_child" } }],
    ["a child that did it", { "2": { role: "child_perpetrator" } }],
    ["who does not say who writes", { "2": { role: "undisclosed" } }],
    ["self-harm", { "4": { forms: ["self_harm_risk"] } }],
    ["a weapon", { "4": { forms: ["social", "weapon_threat"] } }],
    ["sexual violence", { "4": { forms: ["sexual"] } }],
    ["trafficking", { "4": { forms: ["trafficking"] } }],
  ];

  it.each(NEVER)("%s, whatever it looks like", async (_, answers) => {
    await send(newVisitor(test), { answers, trap: "x", story: LINKS, tookMs: 0 });
    expect([(await inInbox()).length, await onShelf()]).toEqual([1, []]);
  });

  it("who has chosen to be spoken with as a child, whatever the role", async () => {
    const visitor = newVisitor(test);
    await visitor.get("/en/report?voice=young");
    await send(visitor, { trap: "x", story: LINKS, tookMs: 0 });
    expect([(await inInbox()).length, await onShelf()]).toEqual([1, []]);
  });

  const roles = loadCountry("RS").codeLists.reporter_role.map(({ code }) => code);
  const forms = loadCountry("RS").codeLists.violence_form.map(({ code }) => code);
  const facts: fc.Arbitrary<CaseFacts> = fc.record({
    danger: fc.constantFrom("yes" as const, "no" as const, "unsure" as const),
    role: fc.constantFrom(...roles, "unsure"),
    identityMode: fc.constantFrom("anonymous" as const, "named" as const),
    forms: fc.subarray(forms, { maxLength: 3 }),
    environment: fc.constantFrom("family", undefined),
    territory: fc.constant("rs-zemun"),
    institutionId: fc.constant(undefined),
    ageBand: fc.constantFrom("7_10", undefined),
    perpetratorType: fc.constantFrom("parent", undefined),
    frequency: fc.constantFrom("once", "daily", "ongoing_now", undefined),
  });
  const URGENT = ["self_harm_risk", "weapon_threat", "sexual", "trafficking"];
  const CHILDREN = ["victim_child", "witness_child", "child_perpetrator"];

  it("any of these, in whatever they are combined with", () => {
    const signs = fc.subarray([...SPAM_SIGNS]);
    let taken = 0;
    fc.assert(
      fc.property(facts, signs, (given, found) => {
        const shelf = shelfFor(given, found);
        if (shelf === null) return;
        taken++;
        expect([given.danger, proposeUrgency(given)]).toEqual(["no", "p3"]);
        expect(CHILDREN).not.toContain(given.role);
        expect(given.forms.filter((form) => URGENT.includes(form))).toEqual([]);
        expect(found).not.toEqual([]);
      }),
      { numRuns: 3000 },
    );
    expect(taken).toBeGreaterThan(50);
  });
});

describe("a report on the shelf", () => {
  it("is for its reporter like every other: the same pages, the same code, the same steps", async () => {
    const [spam, person] = [newVisitor(test), newVisitor(test)];
    const codes = [await send(spam, { trap: "x" }), await send(person)];
    expect([(await inInbox()).length, (await onShelf()).length]).toEqual([1, 1]);
    test.pass(60_000);
    for (const number of [...(await inInbox()), ...(await onShelf())]) await operator.get(`/staff/cases/${number}`);
    const seen = await Promise.all([spam, person].map((visitor, at) => track(visitor, codes[at] ?? "")));
    const [one, other] = seen.map(({ text }) => text.replace(/name="(once|shown)" value="[^"]*"/g, ""));
    expect(one).toBe(other);
  });

  it("says by when to look at it, and stands in the inbox once nobody did", async () => {
    const { path } = await shelved();
    expect((await operator.get(path)).text).toMatch(
      /Decide by 23 November at 00:01.*looks at likely spam within 12 hours/s,
    );
    expect((await operator.get(SHELF)).text).toContain("look at by 23 November at 00:01");
    test.pass(12 * HOUR - 1);
    await signInAs(operator);
    expect([await inInbox(), (await onShelf()).length, await count()]).toEqual([[], 1, "1"]);
    test.pass(1);
    expect([(await inInbox()).length, await onShelf(), await count()]).toEqual([1, [], "0"]);
    expect((await operator.get("/staff/cases")).text).toContain("back from the shelf");
    expect((await operator.get(path)).text).toContain("Nobody decided in time");
    expect((await decide(path, "keep")).status).toBe(303);
    expect((await operator.get("/staff/cases")).text).not.toContain("back from the shelf");
  });

  it("is opened with a record of who read it, and does not exist for a stranger", async () => {
    const { path } = await shelved();
    await operator.get(path);
    expect(await auditOf("case.read")).toHaveLength(1);
    const stranger = newVisitor(test);
    await signInAs(stranger, STRANGER);
    expect((await stranger.post(`${path}/shelf`, { decision: "spam", version: "1" })).status).toBe(404);
    expect(numbersOn(await stranger.get(SHELF))).toEqual([]);
  });

  it("is told apart in the record of its arrival, by a code", async () => {
    await shelved();
    expect((await auditOf("report.received")).map(({ detail }) => JSON.parse(String(detail)))).toEqual([
      { urgency: "p3", shelf: "likely_spam" },
    ]);
  });

  it("goes to the inbox when a person says that it is no spam", async () => {
    const { path } = await shelved();
    expect((await decide(path, "keep")).path).toBe(path);
    expect([(await inInbox()).length, await onShelf()]).toEqual([1, []]);
    expect(await auditOf("case.takenOffShelf")).toHaveLength(1);
    expect((await operator.get(path)).text).not.toContain('id="decision"');
  });

  it("is closed when a person says that it is spam, stays among the closed, and a word of the reporter reopens it", async () => {
    const { path, code, reporter } = await shelved();
    await decide(path, "spam");
    expect([await inInbox(), await onShelf(), await count()]).toEqual([[], [], "0"]);
    expect(await auditOf("case.spamConfirmed")).toHaveLength(1);
    const closed = await operator.get("/staff/cases?status=closed");
    expect([numbersOn(closed).length, closed.text.includes(">spam<")]).toEqual([1, true]);
    const seen = await track(reporter, code);
    expect(seen.text).toContain("The report is closed.");
    expect(seen.text).not.toMatch(/spam|shelf/i);
    await reporter.post("/en/track/messages", { words: "this is no spam" });
    expect([(await inInbox()).length, await onShelf()]).toEqual([1, []]);
  });

  it.each([
    ["new words", "messages", { words: "please answer" }],
    ["a cry for help", "safety", {}],
  ])("leaves it by %s of the reporter", async (_, page, fields) => {
    const { code, reporter } = await shelved();
    await track(reporter, code);
    await reporter.post(`/en/track/${page}`, fields);
    expect([(await inInbox()).length, await onShelf()]).toEqual([1, []]);
    expect((await operator.get("/staff/cases")).text.includes("NOT SAFE NOW")).toBe(page === "safety");
  });

  it("leaves it when somebody sets its urgency or its state", async () => {
    for (const [form, fields] of [
      ["urgency", { urgency: "p4", reason: "advice alone" }],
      ["status", { status: "info_needed" }],
    ] as const) {
      const { path } = await shelved();
      const version = hiddenIn(await operator.get(path), "version", `/${form}`);
      expect((await operator.post(`${path}/${form}`, { ...fields, version })).status).toBe(303);
      expect(await onShelf(), form).toEqual([]);
      expect((await operator.get(path)).text, form).not.toContain('id="decision"');
    }
    expect(await inInbox()).toHaveLength(2);
  });

  it("is not closed by somebody who has not seen what the reporter added meanwhile", async () => {
    const { path, code, reporter } = await shelved();
    const page = await operator.get(path);
    await track(reporter, code);
    await reporter.post("/en/track/messages", { words: "please answer" });
    const late = await decide(path, "spam", page);
    expect(late.status).toBe(422);
    expect(late.text).toContain("This report changed meanwhile.");
    expect(late.text).toContain("please answer");
    expect([(await inInbox()).length, await auditOf("case.spamConfirmed")]).toEqual([1, []]);
  });
});

describe("two people at one report on the shelf", () => {
  it("do not overtake each other: who has not seen the question cannot close it as spam", async () => {
    const { path } = await shelved();
    const page = await operator.get(path);
    await operator.post(`${path}/messages`, { message: "Where is it?", asks: "yes" });
    expect((await decide(path, "spam", page)).text).toContain("This report changed meanwhile.");
    expect(await auditOf("case.spamConfirmed")).toEqual([]);
    expect((await decide(path, "spam")).status).toBe(303);
  });
});

describe("a report that is not on the shelf", () => {
  it("is not closed as spam by any form", async () => {
    await send(newVisitor(test));
    const path = `/staff/cases/${(await inInbox())[0]}`;
    const version = hiddenIn(await operator.get(path), "version", "/status");
    expect((await operator.post(`${path}/shelf`, { decision: "spam", version })).status).toBe(422);
    expect(await inInbox()).toHaveLength(1);
  });

  it("stays off it in a country whose rules give no deadline, whatever it looks like", async () => {
    const country = { ...test.country, deskRules: [] };
    const options = { country, baseUrl: undefined, recoveryRecipient: undefined, demo: false };
    const without = newVisitor({ app: createApp(test.platform, options) });
    await send(without, { trap: "x", story: LINKS, tookMs: 0 });
    expect([(await inInbox()).length, await onShelf()]).toEqual([1, []]);
    await signInAs(without);
    expect((await without.get("/staff/cases")).text).not.toContain("Likely spam");
  });
});

describe("the list with what came back from the shelf", () => {
  it("shows every report once, in the order of urgency and age, over all its pages", async () => {
    const some = fc.array(
      fc.record({
        urgency: fc.constantFrom("p1" as const, "p3" as const, "p4" as const),
        shelved: fc.boolean(),
        receivedAt: fc.integer({ min: NOON - 12 * HOUR - 3, max: NOON - 12 * HOUR + 3 }),
      }),
      { minLength: 30, maxLength: 60 },
    );
    await fc.assert(
      fc.asyncProperty(some, async (given) => {
        for (const table of ["case_form", "case_file"]) await test.database.raw(`delete from ${table}`);
        const cases = given.map((each, at): BareCase => {
          return { ...each, urgency: each.shelved ? "p3" : each.urgency, number: numberAt(at) };
        });
        await insertBareCases(test.platform.db, cases);
        const wanted = cases.filter((each) => !each.shelved || each.receivedAt <= NOON - 12 * HOUR);
        const shown = (await everyPage()).map((number) => cases.find((each) => each.number === number));
        expect(new Set(shown)).toEqual(new Set(wanted));
        expect(shown).toHaveLength(wanted.length);
        const order = shown.map((each) => `${each?.urgency} ${each?.receivedAt}`);
        expect(order).toEqual([...order].sort());
      }),
      { numRuns: 10 },
    );
  });
});

describe("the ranges of ranks", () => {
  const inboxes = [{}, { status: "triage" }, { territory: "rs-zemun" }];

  it.runIf(!isPostgres).each(inboxes)("are each found by an index that also gives the order: %o", async (chosen) => {
    const filter = {
      deskId: "desk-triage",
      viewerId: "one",
      status: undefined,
      form: undefined,
      territory: undefined,
      ...chosen,
    };
    for (const [name, range] of Object.entries(rangesAt(NOON))) {
      const plan = await test.platform.db.read(async (reader) => {
        const { sql, params } = selectRows(reader, filter, { from: undefined, most: 21 }, range).toSQL();
        const values = params.map((value) => (typeof value === "string" ? `'${value}'` : Number(value)));
        return test.database.raw(`explain query plan ${sql.replace(/\?/g, () => String(values.shift()))}`);
      });
      const all = plan.map(({ detail }) => String(detail));
      const steps = all.filter((each) => each.includes("case_file"));
      expect(
        // What is looked through whole is one person's own institutions, as the query calls them.
        all.filter((each) => /^SCAN(?! (own|house)$)|TEMP B-TREE/.test(each)),
        name,
      ).toEqual([]);
      expect(steps, name).toHaveLength(1);
      expect(steps[0], name).toMatch(/^SEARCH case_file USING INDEX case_inbox\w* \(.*rank[=<]/);
    }
  });
});

async function everyPage(): Promise<string[]> {
  const found: string[] = [];
  for (let path: string | undefined = "/staff/cases"; path; ) {
    const seen = await operator.get(path);
    found.push(...numbersOn(seen));
    path = /href="(\/staff\/cases\?[^"]+)" rel="next"/.exec(seen.text)?.[1]?.replaceAll("&amp;", "&");
  }
  return found;
}
