import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { COLLEAGUE, openTestApp, type TestApp } from "../support/app.ts";
import { newVisitor, type Seen, type Visitor } from "../support/browser.ts";
import { fillReport, hiddenIn, numbersOn, signInAs, track, unpaced } from "../support/journey.ts";

const HOUR = 3_600_000;
let test: TestApp;
let operator: Visitor;

beforeEach(async () => {
  test = await openTestApp(unpaced());
  operator = newVisitor(test);
  await signInAs(operator);
});
afterEach(() => test.close());

/** The address of the only report. */
async function onlyCase(): Promise<string> {
  const [number] = numbersOn(await operator.get("/staff/cases"));
  return `/staff/cases/${number}`;
}

const auditOf = async (action: string) =>
  (await test.database.raw(`select * from audit_entry where action = '${action}'`)).length;

/** Storage that refuses the record of a reading, and nothing else. */
function breakAudit(): Promise<unknown> {
  return test.platform.db.engine === "sqlite"
    ? test.database.raw(
        "create trigger broken before insert on audit_entry when new.action = 'case.read' begin select raise(abort, 'broken'); end",
      )
    : test.database.raw("alter table audit_entry add constraint broken check (action <> 'case.read') not valid");
}

describe("a report", () => {
  it("is read with its codes in the words of each language", async () => {
    await fillReport(newVisitor(test), {
      "1": { danger: "unsure" },
      "4": { forms: ["neglect", "unsure"], story: "прича on its own", truthful: "yes" },
      "5": { environment: "family", territory: "rs-zemun" },
      "8": {
        perpetrator_type: "parent",
        perpetrator_count: "few",
        withhold: ["parents", "undisclosed"],
        withhold_words: "they get angry",
      },
    });
    const path = await onlyCase();
    for (const [language, said] of [
      [
        "sr",
        [
          "Занемаривање и немарно поступање",
          "Земун",
          "Родитељ или старатељ",
          "Не жели да каже",
          "Дете које трпи насиље",
          "Више пута недељно",
        ],
      ],
      [
        "sr-Latn",
        [
          "Zanemarivanje i nemarno postupanje",
          "Zemun",
          "Roditelj ili staratelj",
          "Ne želi da kaže",
          "Dete koje trpi nasilje",
        ],
      ],
      [
        "en",
        [
          "Neglect and careless treatment",
          "Zemun",
          "Parent or guardian",
          "not sure",
          "Child who suffers the violence",
          "Several times a week",
          "Does not want to say",
        ],
      ],
    ] as const) {
      await operator.post("/staff/account/language", { language });
      const { text } = await operator.get(path);
      for (const word of said) expect(text, language).toContain(word);
      expect(text).toContain("прича on its own");
      expect(text).toContain("they get angry");
      // No bare code and no key of a sentence is left on the page outside its forms.
      const answers = /<dl class="answers">(.*?)<\/dl>/s.exec(text)?.[1] ?? "";
      expect(answers).not.toMatch(/victim_child|rs-novi|undisclosed|unsure|journey\.|casework\./);
      expect(answers.length).toBeGreaterThan(400);
    }
  });

  it("shows how long it has waited", async () => {
    await fillReport(newVisitor(test));
    test.pass(3 * HOUR);
    expect((await operator.get(await onlyCase())).text).toMatch(/22 November.*12:00.*3 hours ago/s);
  });

  it("is in triage from its first reading on, and the page says so at once", async () => {
    await fillReport(newVisitor(test));
    const path = await onlyCase();
    const first = await operator.get(path);
    expect(first.text).toContain("Now: In triage");
    const version = hiddenIn(first, "version", "/status");
    expect((await operator.post(`${path}/status`, { status: "info_needed", version })).status).toBe(303);
  });

  it("shows a confidential name and what to withhold to the desk, apart from the report", async () => {
    await fillReport(newVisitor(test), {
      "2": { role: "teacher" },
      "3": { identity: "confidential" },
      "3/contact": { reporter_name: "Jelena Tajna", reporter_contact: "after five" },
      "8": { withhold: ["teacher"], withhold_words: "the head is her cousin" },
    });
    const { text } = await operator.get(await onlyCase());
    expect(text).toContain("Jelena Tajna");
    expect(text).toContain("after five");
    expect(text).toContain("The reporter fears that these learn of the report");
    expect(text).toContain("the head is her cousin");
  });
});

describe("a reading", () => {
  it("is recorded each time with the person, in the same transaction", async () => {
    await fillReport(newVisitor(test));
    const path = await onlyCase();
    await operator.get(path);
    await operator.get(path);
    const rows = await test.database.raw(
      "select a.actor_id, p.email, a.subject_id, c.id as case_id from audit_entry a join person p on p.id = a.actor_id join case_file c on c.id = a.subject_id where a.action = 'case.read'",
    );
    expect(rows).toHaveLength(2);
    expect(new Set(rows.map(({ email }) => email))).toEqual(new Set(["operator@triage.test"]));
  });

  it("that cannot be recorded shows nothing", async () => {
    await fillReport(newVisitor(test));
    const path = await onlyCase();
    await breakAudit();
    const seen = await operator.get(path);
    expect(seen.status).toBe(503);
    expect(seen.text).not.toContain("they push me");
    expect(seen.text).not.toContain("Physical violence");
    const [file] = await test.database.raw("select status, first_read_at from case_file");
    expect(file).toEqual({ status: "received", first_read_at: null });
    expect(await test.database.raw("select id from case_event where kind = 'read'")).toEqual([]);
  });

  it("clears the mark of new words", async () => {
    const reporter = newVisitor(test);
    const { code } = await fillReport(reporter);
    const path = await onlyCase();
    await operator.get(path);
    expect((await operator.get("/staff/cases")).text).not.toContain("new words");
    await track(reporter, code);
    await reporter.post("/en/track/messages", { words: "one more thing" });
    expect((await operator.get("/staff/cases")).text).toContain("new words");
  });
});

describe("writing", () => {
  it("a note stays with the desk and never reaches the reporter", async () => {
    const reporter = newVisitor(test);
    const { code } = await fillReport(reporter);
    const path = await onlyCase();
    expect((await operator.post(`${path}/notes`, { note: "the father is known to us" })).path).toBe(`${path}#entries`);
    await operator.post(`${path}/assessment`, { assessment: "level two, we think", based: "" });
    const sheet = await operator.get(path);
    expect(sheet.text).toContain("the father is known to us");
    expect(sheet.text).toContain("Note, Olga Operator");
    const seen = await track(reporter, code);
    expect(seen.text).not.toContain("the father is known to us");
    expect(seen.text).not.toContain("level two, we think");
    expect([await auditOf("case.noteAdded"), await auditOf("case.assessmentChanged")]).toEqual([1, 1]);
  });

  it("an empty or overlong text is refused with its field, and the text stays", async () => {
    await fillReport(newVisitor(test));
    const path = await onlyCase();
    for (const [page, field] of [
      ["notes", "note"],
      ["messages", "message"],
      ["assessment", "assessment"],
    ] as const) {
      const empty = await operator.post(`${path}/${page}`, { [field]: " \n ", based: "" });
      expect([empty.status, empty.text.includes("Write something first")], page).toEqual([422, true]);
      const long = await operator.post(`${path}/${page}`, { [field]: `${"x".repeat(10_000)} the end`, based: "" });
      expect(long.status, page).toBe(422);
      expect(long.text, page).toContain("xx the end</textarea>");
      expect(long.text, page).toContain(`href="#${field}"`);
      expect(long.text, page).toContain(`id="${field}"`);
    }
    expect(await test.database.raw("select id from entry")).toHaveLength(1);
  });

  it("twenty-five notes are read page by page", async () => {
    await fillReport(newVisitor(test));
    const path = await onlyCase();
    for (let at = 10; at < 35; at++) await operator.post(`${path}/notes`, { note: `remark ${at}.` });
    const newest = await operator.get(path);
    expect(newest.text).toContain("remark 34.");
    expect(newest.text).not.toContain("remark 14.");
    const earlier = /formaction="([^"]+\?below=\d+)#entries"/.exec(newest.text)?.[1] ?? "";
    const older = await operator.get(earlier);
    for (const at of [10, 14]) expect(older.text).toContain(`remark ${at}.`);
    expect(older.text).not.toContain("remark 15.");
    for (const below of ["x", "-1", "0", "1e400"])
      expect((await operator.get(`${path}?below=${below}`)).status).toBe(200);
  });
});

describe("urgency and status", () => {
  const versionOn = (seen: Seen) => hiddenIn(seen, "version", "/urgency");

  it("are set, recorded, and the status reaches the reporter in words", async () => {
    const reporter = newVisitor(test);
    const { code } = await fillReport(reporter);
    const path = await onlyCase();
    await operator.get(path);
    await operator.post(`${path}/urgency`, {
      urgency: "p1",
      reason: "seen on the phone",
      version: versionOn(await operator.get(path)),
    });
    expect((await operator.get("/staff/cases")).text).toContain('<span class="tag sun">p1</span>');
    await operator.post(`${path}/status`, { status: "closed", version: versionOn(await operator.get(path)) });
    expect((await track(reporter, code)).text).toContain("The report is closed.");
    expect([await auditOf("case.urgencyChanged"), await auditOf("case.statusChanged")]).toEqual([1, 1]);
    const [row] = await test.database.raw("select detail from audit_entry where action = 'case.urgencyChanged'");
    expect(JSON.parse(String(row?.detail))).toEqual({ from: "p3", to: "p1" });
  });

  it("another urgency than the rules propose needs a reason, which the desk reads and the reporter does not", async () => {
    const reporter = newVisitor(test);
    const { code } = await fillReport(reporter);
    const path = await onlyCase();
    const shown = await operator.get(path);
    expect(shown.text).toContain("The rules propose p3:");
    expect(shown.text).toContain("No rule about danger, form or frequency asks for more.");
    const version = versionOn(await operator.get(path));
    for (const reason of ["", "  \n"]) {
      const refused = await operator.post(`${path}/urgency`, { urgency: "p1", reason, version, note: "half a note" });
      expect(refused.status).toBe(422);
      expect(refused.text).toContain("Give the reason for another urgency than proposed");
      expect(refused.text).toMatch(/<option value="p1" selected>/);
      expect(refused.text).toContain("half a note");
    }
    const long = await operator.post(`${path}/urgency`, { urgency: "p1", reason: "x".repeat(1001), version });
    expect([long.status, long.text.includes("x".repeat(1001))]).toEqual([422, true]);
    expect(long.text).toMatch(/<option value="p1" selected>/);
    expect(
      (await operator.post(`${path}/urgency`, { urgency: "p1", reason: "bruises on the neck", version })).status,
    ).toBe(303);
    const after = await operator.get(path);
    expect(after.text).toContain("bruises on the neck");
    expect(after.text).toContain("Urgency p1, ");
    expect((await track(reporter, code)).text).not.toContain("bruises");
    const rows = await test.database.raw("select sealed from entry where kind = 'urgency-reason'");
    expect(rows.map(({ sealed }) => String(sealed)).join()).not.toContain("bruises");
    // Back to what is proposed, and setting the same once more, need none.
    for (const urgency of ["p3", "p3"])
      expect(
        (await operator.post(`${path}/urgency`, { urgency, version: versionOn(await operator.get(path)) })).status,
      ).toBe(303);
  });

  it("changed by somebody else meanwhile are not overwritten: 409", async () => {
    await fillReport(newVisitor(test));
    const path = await onlyCase();
    const colleague = newVisitor(test);
    await signInAs(colleague, COLLEAGUE);
    await operator.get(path);
    const stale = versionOn(await operator.get(path));
    expect(
      (await colleague.post(`${path}/urgency`, { urgency: "p0", reason: "seen on the phone", version: stale })).status,
    ).toBe(303);
    for (const [page, form, both] of [
      ["urgency", { urgency: "p4" }, ["p0 · ", "p4 · "]],
      ["status", { status: "closed" }, ["In triage", "Closed"]],
    ] as const) {
      const seen = await operator.post(`${path}/${page}`, { ...form, version: stale });
      expect(seen.status, page).toBe(409);
      expect(seen.text).toContain("Somebody else changed this report meanwhile");
      expect(seen.text).toContain(`href="${path}"`);
      const values = [...seen.text.matchAll(/<dd>([^<]*)<\/dd>/g)].map(([, value = ""]) => value);
      expect(values.map((value, at) => value.startsWith(both[at] ?? "?"))).toEqual([true, true]);
    }
    const [file] = await test.database.raw("select urgency, status from case_file");
    expect(file).toEqual({ urgency: "p0", status: "triage" });
  });

  it("changed by somebody else meanwhile can be set all the same, knowing both", async () => {
    await fillReport(newVisitor(test));
    const path = await onlyCase();
    const colleague = newVisitor(test);
    await signInAs(colleague, COLLEAGUE);
    await operator.get(path);
    const stale = versionOn(await operator.get(path));
    await colleague.post(`${path}/urgency`, { urgency: "p0", reason: "seen on the phone", version: stale });
    const seen = await operator.post(`${path}/urgency`, { urgency: "p4", reason: "seen on the phone", version: stale });
    const again = {
      urgency: hiddenIn(seen, "urgency"),
      version: hiddenIn(seen, "version"),
      reason: hiddenIn(seen, "reason"),
    };
    expect((await operator.post(`${path}/urgency`, again)).status).toBe(303);
    const [file] = await test.database.raw("select urgency from case_file");
    expect(file).toEqual({ urgency: "p4" });
    await colleague.post(`${path}/status`, { status: "closed", version: versionOn(await operator.get(path)) });
    const late = await operator.post(`${path}/status`, { status: "closed", version: stale });
    expect(late.status).toBe(409);
    expect(late.text).not.toContain("Set mine all the same");
  });

  it("of two people at the same moment count once", async () => {
    await fillReport(newVisitor(test));
    const path = await onlyCase();
    await operator.get(path);
    const version = versionOn(await operator.get(path));
    const outcomes = await Promise.all(
      ["p0", "p1", "p2"].map((urgency) =>
        operator.post(`${path}/urgency`, { urgency, reason: "seen on the phone", version }),
      ),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual([303, 409, 409]);
    expect(await auditOf("case.urgencyChanged")).toBe(1);
  });

  it("that do not exist or are not allowed from here are refused, and nothing changes", async () => {
    await fillReport(newVisitor(test));
    const path = await onlyCase();
    await operator.get(path);
    const version = versionOn(await operator.get(path));
    for (const [page, form] of [
      ["urgency", { urgency: "p9", version }],
      ["urgency", { urgency: "p1", version: "one" }],
      ["urgency", { urgency: "p1" }],
      ["status", { status: "reopened", version }],
      ["status", { status: "completed", version }],
      ["status", { status: "constructor", version }],
      ["status", { version }],
    ] as const) {
      const seen = await operator.post(`${path}/${page}`, form as Record<string, string>);
      expect(seen.status, JSON.stringify(form)).toBe(422);
      expect(seen.text).toContain("they push me");
    }
    const [file] = await test.database.raw("select urgency, status from case_file");
    expect(file).toEqual({ urgency: "p3", status: "triage" });
  });

  it("close, reopen and close a report again", async () => {
    await fillReport(newVisitor(test));
    const path = await onlyCase();
    await operator.get(path);
    for (const [status, open] of [
      ["closed", 0],
      ["reopened", 1],
      ["not_competent", 0],
      ["reopened", 1],
      ["triage", 1],
    ] as const) {
      const version = versionOn(await operator.get(path));
      expect((await operator.post(`${path}/status`, { status, version })).status, status).toBe(303);
      expect(numbersOn(await operator.get("/staff/cases"))).toHaveLength(open);
    }
  });
});

describe("what happened in one moment", () => {
  const STATES = ["closed", "reopened", "triage", "closed", "reopened", "closed"] as const;

  it("stands in the order in which it happened, and nothing before the arrival", async () => {
    await fillReport(newVisitor(test));
    const path = await onlyCase();
    for (const status of STATES) {
      const version = hiddenIn(await operator.get(path), "version");
      await operator.post(`${path}/status`, { status, version });
    }
    const said = async () => {
      const { text } = await operator.get(path);
      const [, timeline = ""] = /<ol class="timeline">([\s\S]*?)<\/ol>/.exec(text) ?? [];
      return [...timeline.matchAll(/The report arrived|The triage team opened it|Closed|Reopened|In triage/g)].join();
    };
    const states = "Closed,Reopened,In triage,Closed,Reopened,Closed";
    expect(await said()).toBe(`The report arrived,The triage team opened it,${states}`);
    await test.database.raw(`update case_event set at = 1, id = case kind when 'received' then 'z' else id end`);
    expect(await said()).toMatch(/^The report arrived/);
  });
});
