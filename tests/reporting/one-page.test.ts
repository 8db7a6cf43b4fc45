import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "#platform/db/database.ts";
import { StorageError } from "#platform/db/errors.ts";
import { newBudgets } from "#platform/platform.ts";
import { openDraft } from "#reporting/open-draft.ts";
import { saveStep } from "#reporting/save-step.ts";
import { handleOf } from "#reporting/send-one-page.ts";
import { startOnePage } from "#reporting/start-draft.ts";
import { openTestApp, type TestApp } from "../support/app.ts";
import { type Form, newVisitor, type Seen, type Visitor } from "../support/browser.ts";
import { hiddenIn, numbersOn, signInAs, track, unpaced } from "../support/journey.ts";
import { codeIn } from "./journey.ts";

const MINUTE = 60_000;
const ONE = "/en/report/one";
let test: TestApp;

beforeEach(async () => {
  test = await openTestApp(unpaced());
});
afterEach(() => test.close());

/** A browser that takes no cookie: every request is a stranger's. */
function blocked(app: Pick<TestApp, "app"> = test): Pick<Visitor, "get" | "post"> {
  const fresh = () => newVisitor(app);
  return { get: (path) => fresh().get(path), post: (path, fields) => fresh().post(path, fields) };
}

const ANSWERS: Form = {
  danger: "no",
  role: "victim_child",
  forms: ["physical", "social"],
  story: "they push me on the stairs",
  truthful: "yes",
  territory: "rs-zemun",
  identity: "anonymous",
};

const keyIn = (page: Seen) => hiddenIn(page, "draft");
const keyed = async (browser = blocked()): Promise<Form & { draft: string }> => ({
  ...ANSWERS,
  draft: keyIn(await browser.get(ONE)),
});
const cases = () => test.database.raw("select id from case_file");
const caseText = async (): Promise<string> => {
  const operator = newVisitor(test);
  const [number] = numbersOn(await signInAs(operator));
  return (await operator.get(`/staff/cases/${number}`)).text;
};

describe("the report on one page", () => {
  it("gives a code that opens the report, without any cookie", async () => {
    const sent = await blocked().post(ONE, await keyed());
    expect(sent.status).toBe(200);
    expect(sent.headers.getSetCookie()).toEqual([]);
    const code = codeIn(sent) ?? "";
    expect(code).toMatch(/^\d{16}$/);
    expect((await track(newVisitor(test), code)).text).toContain("Your report");
    expect(sent.text).toContain("This page cannot be opened again.");
    expect(sent.text).toContain("keeps cookies");
  });

  it("keeps nothing before it is sent: looking at it makes no draft and no cookie", async () => {
    const page = await blocked().get(ONE);
    expect(page.headers.getSetCookie()).toEqual([]);
    expect(page.headers.get("cache-control")).toBe("no-store");
    expect(await test.database.raw("select id from draft")).toEqual([]);
    expect(keyIn(page)).toMatch(/^[\w-]{43}$/);
    expect(keyIn(page)).not.toBe(keyIn(await blocked().get(ONE)));
  });

  it("is one report with one code when the answer was lost and it is sent again, soon or much later", async () => {
    const form = await keyed();
    const codes = [codeIn(await blocked().post(ONE, form)), codeIn(await blocked().post(ONE, form))];
    test.pass(40 * MINUTE);
    codes.push(codeIn(await blocked().post(ONE, form)));
    await test.database.raw("delete from draft");
    codes.push(codeIn(await blocked().post(ONE, form)));
    expect(codes[0]).toMatch(/^\d{16}$/);
    expect(new Set(codes).size).toBe(1);
    expect(await cases()).toHaveLength(1);
  });

  it("is one report when it is sent five times at once", async () => {
    const form = await keyed();
    const sent = await Promise.all(Array.from({ length: 5 }, () => blocked().post(ONE, form)));
    expect(sent.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(new Set(sent.map(codeIn)).size).toBe(1);
    expect(await cases()).toHaveLength(1);
  });

  it("says what was not added, and gives it back, when other words come with a key that was used", async () => {
    const form = await keyed();
    const code = codeIn(await blocked().post(ONE, form));
    for (const wait of [0, 40 * MINUTE]) {
      test.pass(wait);
      const again = await blocked().post(ONE, { ...form, story: "and yesterday <again>" });
      expect(again.status).toBe(409);
      expect(again.text).toContain("and yesterday &lt;again&gt;");
      expect(again.text).toContain("add it with the code");
      expect(codeIn(again)).toBe(code);
    }
    expect(await cases()).toHaveLength(1);
    expect(await caseText()).not.toContain("yesterday");
  });

  it("is begun once for one key: a second try finds what the first has kept, and a new one begins when that is over", async () => {
    const needs = { ...test.platform, country: test.country };
    const handle = handleOf(Buffer.alloc(32, 7));
    await startOnePage(needs, handle);
    await saveStep(needs, handle, { fields: ["when"], given: { when: "in March" } });
    await startOnePage(needs, handle);
    expect((await openDraft(needs, handle))?.answers).toEqual({ when: "in March" });
    test.pass(121 * MINUTE);
    expect(await openDraft(needs, handle)).toBeUndefined();
    await startOnePage(needs, handle);
    expect((await openDraft(needs, handle))?.answers).toEqual({});
  });

  it("two pages are two reports", async () => {
    const codes = [codeIn(await blocked().post(ONE, await keyed())), codeIn(await blocked().post(ONE, await keyed()))];
    expect(codes[0]).not.toBe(codes[1]);
    expect(await cases()).toHaveLength(2);
  });
});

describe("what is typed", () => {
  const MORE = {
    environment: "digital",
    institution_name: "the school by the river",
    when: "since autumn",
    perpetrator_type: "peer",
    withhold: ["parents"],
    withhold_words: "they would be angry",
  };

  it("reaches the desk whole, a school's name too, wherever it happens", async () => {
    await blocked().post(ONE, { ...(await keyed()), ...MORE });
    const text = await caseText();
    for (const words of [
      "they push me on the stairs",
      "the school by the river",
      "since autumn",
      "they would be angry",
    ])
      expect(text).toContain(words);
    expect(await test.database.raw("select environment, role, territory from case_file")).toEqual([
      { environment: "digital", role: "victim_child", territory: "rs-zemun" },
    ]);
  });

  it("as a name in confidence lies apart from the report", async () => {
    const named = { identity: "confidential", reporter_name: "Mira P.", reporter_contact: "after five" };
    const sent = await blocked().post(ONE, { ...(await keyed()), ...named });
    expect(codeIn(sent)).toBeDefined();
    expect(await caseText()).toContain("Mira P.");
    expect(await test.database.raw("select kind from entry order by position")).toEqual([
      { kind: "report" },
      { kind: "reporter-name" },
    ]);
  });

  it("as a name by somebody who wants none is neither sent nor dropped without a word", async () => {
    const refused = await blocked().post(ONE, { ...(await keyed()), reporter_contact: "call me after five" });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('href="#identity"');
    expect(refused.text).toContain("call me after five");
    expect(await cases()).toEqual([]);
  });

  it("comes back whole when something is missing or wrong, with the same key, a summary and 422", async () => {
    for (const [changed, field] of [
      [{ danger: "" }, "danger"],
      [{ role: "wizard" }, "role"],
      [{ truthful: "" }, "truthful"],
      [{ territory: "" }, "territory"],
      [{ identity: "" }, "identity"],
      [{ when: "x".repeat(201) }, "when"],
    ] as const) {
      const form = { ...(await keyed()), withhold_words: "nobody at home", ...changed };
      const refused = await blocked().post(ONE, form);
      expect(refused.status, field).toBe(422);
      expect(refused.text).toContain("<title>Error: Page</title>");
      expect(refused.text).toMatch(new RegExp(`<a href="#${field}">[A-Z][^:<]+: \\S`));
      expect(refused.text).toContain("they push me on the stairs");
      expect(refused.text).toContain("nobody at home");
      expect(refused.text).toMatch(/value="social" checked/);
      expect(keyIn(refused)).toBe(form.draft);
    }
    expect(await cases()).toEqual([]);
  });

  it("without a form of violence or a story is asked for", async () => {
    const { forms: _, story: __, ...rest } = await keyed();
    const refused = await blocked().post(ONE, rest);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('<a href="#forms">');
  });

  it("with a key that is none is not sent, but comes back with a new one that works", async () => {
    for (const draft of ["", "short", "A".repeat(44)]) {
      const back = await blocked().post(ONE, { ...ANSWERS, draft });
      expect(back.status).toBe(422);
      expect(back.text).toContain("Nothing was sent.");
      expect(back.text).toContain("they push me on the stairs");
      expect(codeIn(await blocked().post(ONE, { ...ANSWERS, draft: keyIn(back) }))).toBeDefined();
    }
  });
});

describe("when it cannot be taken", () => {
  it("for want of a desk, the page shows numbers, and what was typed comes back and can be sent later", async () => {
    const form = await keyed();
    const members = await test.database.raw("select * from desk_member");
    await test.database.raw("delete from desk_member");
    const shut = await blocked().get(ONE);
    expect([shut.status, shut.text.includes('href="tel:116111"'), shut.text.includes("<form")]).toEqual([
      503,
      true,
      false,
    ]);
    const refused = await blocked().post(ONE, form);
    expect(refused.status).toBe(503);
    expect(refused.text).toContain("NOT sent");
    expect(refused.text).toContain("they push me on the stairs");
    expect(codeIn(refused)).toBeUndefined();
    for (const { desk_id, person_id, admitted_at } of members)
      await test.database.raw(
        `insert into desk_member (desk_id, person_id, admitted_at) values ('${desk_id}', '${person_id}', ${admitted_at})`,
      );
    const { forms: _, ...less } = form;
    expect(codeIn(await blocked().post(ONE, { ...less, draft: keyIn(refused) }))).toBeDefined();
    expect(await test.database.raw("select form from case_form")).toEqual([]);
  });

  it("for want of storage, trying again sends the same key and makes one report", async () => {
    let full = true;
    const failing: Database = {
      ...test.platform.db,
      write: (work, options) =>
        full && options?.durable !== false
          ? Promise.reject(new StorageError("full", "SQLITE_FULL"))
          : test.platform.db.write(work, options),
    };
    const weak = await openTestApp({ ...unpaced({ db: failing }), withDesk: false });
    const form = await keyed(blocked(weak));
    const refused = await blocked(weak).post(ONE, form);
    expect(refused.status).toBe(503);
    expect(refused.text).toContain("they push me on the stairs");
    expect(hiddenIn(refused, "draft")).toBe(form.draft);
    expect(refused.text.replace(/<input type="hidden"[^>]*>/g, "")).not.toContain(String(form.draft));
    full = false;
    const code = codeIn(await blocked(weak).post(ONE, form));
    expect(code).toBeDefined();
    expect(codeIn(await blocked(weak).post(ONE, form))).toBe(code);
    expect(await cases()).toHaveLength(1);
    await weak.close();
  });
});

describe("a flood", () => {
  it("of begun reports lets the one page wait with its words and its key, and never one in danger", async () => {
    const none = { take: () => false };
    const full = await openTestApp(unpaced({ budgets: { ...newBudgets(), drafts: none, reports: none } }));
    const form = await keyed(blocked(full));
    const waits = await blocked(full).post(ONE, form);
    expect(waits.status).toBe(503);
    expect(waits.headers.get("retry-after")).toBe("5");
    expect(waits.text).toContain("they push me on the stairs");
    expect(hiddenIn(waits, "draft")).toBe(form.draft);
    expect(codeIn(await blocked(full).post(ONE, { ...form, danger: "yes" }))).toBeDefined();
    await full.close();
  });

  it("of machines is not what an adult looks like who sends one page at once", async () => {
    await blocked().post(`${ONE}?as=adult`, { ...(await keyed()), role: "teacher" });
    expect(await test.database.raw("select shelf from case_file")).toEqual([{ shelf: null }]);
  });
});

describe("the way to it", () => {
  it("stands on the start page and on the page that says that a cookie is missing", async () => {
    expect((await blocked().get("/en/report")).text).toContain(`href="${ONE}"`);
    const begun = await blocked().post("/en/report", {});
    const told = await blocked().get(begun.path);
    expect(told.status).toBe(410);
    expect(told.text).toContain(`href="${ONE}"`);
  });

  it("is hidden for a while after leaving, in a browser that does keep cookies", async () => {
    const visitor = newVisitor(test);
    await visitor.get("/leave");
    expect((await visitor.get(ONE)).path).toBe("/en/page");
  });

  it("speaks with a child or an adult, and keeps to the role once it is chosen", async () => {
    expect((await blocked().get("/sr/report/one")).text).toContain("Испричај својим речима");
    expect((await blocked().get("/sr/report/one?as=adult")).text).toContain("Опишите својим речима");
    const { draft } = await keyed();
    const refused = await blocked().post("/sr/report/one", { draft, role: "parent_victim" });
    expect(refused.text).toContain("Шта се дешава Вашем детету?");
  });

  it("shows the numbers beside the code when somebody is in danger now", async () => {
    const sent = await blocked().post(ONE, { ...(await keyed()), danger: "yes" });
    expect(sent.text).toContain("If somebody is in danger now, a call is the fastest.");
    expect((await blocked().post(ONE, await keyed())).text).not.toContain("a call is the fastest");
  });

  it("tells only one of two tries at once that it arrived, and gives the other its words back", async () => {
    const key = await keyed();
    const tries = ["first words", "second words"].map((story) => blocked().post(ONE, { ...key, story }));
    const outcomes = await Promise.all(tries);
    expect(outcomes.map(({ status }) => status).sort()).toEqual([200, 409]);
    const lost = outcomes.find(({ status }) => status === 409);
    expect(lost?.text).toMatch(/(first|second) words<\/textarea>/);
  });

  it("sent once more after leaving shows nothing of what was sent", async () => {
    const key = { ...(await keyed()), story: "a secret" };
    await blocked().post(ONE, key);
    const left = newVisitor(test, new Map([["away", "1"]]));
    const again = await left.post(ONE, key);
    expect([again.status, again.path]).toEqual([303, "/en/page"]);
    const edited = await left.post(ONE, { ...key, story: "another secret" });
    expect([edited.status, edited.path]).toEqual([303, "/en/page?done=0"]);
    const first = await left.post(ONE, { ...(await keyed()), story: "new" });
    expect(first.status).toBe(200);
  });

  it("takes a role that nobody has for none", async () => {
    for (const role of ["constructor", "__proto__", "toString"])
      expect((await blocked().post(ONE, { ...(await keyed()), role })).status, role).toBe(422);
  });

  it("made to wait, sends the same words the same way again: a child's report reaches no shelf", async () => {
    const story = "https://somewhere.example/page";
    const hidden = ({ text }: Seen) =>
      Object.fromEntries(
        [...text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name = "", value = ""]) => [
          name,
          value,
        ]),
      );
    const chosen = hidden(await blocked().get(`${ONE}?as=young`));
    const sent = { ...ANSWERS, ...chosen, role: "relative", story };
    const waits = { ...test.platform.budgets, reports: { take: () => false } };
    const { db, secrets } = test.platform;
    const full = await openTestApp({ withDesk: false, ...unpaced({ db, secrets, budgets: waits }) });
    const page = await newVisitor(full).post(ONE, sent);
    expect(page.status).toBe(503);
    expect((await newVisitor(test).post(ONE, hidden(page))).status).toBe(200);
    expect(await test.database.raw("select shelf from case_file")).toEqual([{ shelf: null }]);
    await full.close();
  });
});

describe("the box that people do not see", () => {
  const ADULT = { role: "teacher", danger: "no" };
  const shelf = async () => {
    const rows = await test.database.raw("select shelf from case_file");
    return rows.map(({ shelf }) => shelf);
  };

  it("stands in the one page, out of reach of keyboard and screen reader", async () => {
    const { text } = await blocked().get(ONE);
    expect(text).toMatch(/<div class="visually-hidden" aria-hidden="true">.*name="subject" tabindex="-1"/);
  });

  it("leads an adult's report to the shelf, with its code, and is never said to the sender", async () => {
    const form = { ...(await keyed()), ...ADULT, subject: "cheap watches" };
    const sent = await blocked().post(ONE, form);
    expect([sent.status, codeIn(sent)]).toEqual([200, expect.stringMatching(/^\d{16}$/)]);
    expect(await shelf()).toEqual(["likely_spam"]);
    expect(codeIn(await blocked().post(ONE, form))).toBe(codeIn(sent));
    expect((await track(newVisitor(test), codeIn(sent) ?? "")).text).toContain("Your report");
  });

  it.each<[who: string, form: Form]>([
    ["danger now", { ...ADULT, danger: "yes" }],
    ["a child", { role: "victim_child" }],
    ["who chose a child's words", { ...ADULT, as: "young" }],
    ["who left it empty", { ...ADULT, subject: "" }],
  ])("puts no report of %s aside", async (_, form) => {
    const sent = await blocked().post(ONE, { ...(await keyed()), subject: "filled", ...form });
    expect(codeIn(sent)).toMatch(/^\d{16}$/);
    expect(await shelf()).toEqual([null]);
  });

  it("is no child's voice that nobody chose: the page carries a choice only once it was made", async () => {
    expect((await blocked().get(ONE)).text).not.toContain('name="as"');
    expect((await blocked().get(`${ONE}?as=young`)).text).toContain('name="as" value="young"');
  });
});
