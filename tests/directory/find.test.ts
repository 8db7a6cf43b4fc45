import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { absence } from "#institutions/schema.ts";
import { openTestApp, type TestApp } from "../support/app.ts";
import { newVisitor, type Visitor } from "../support/browser.ts";
import { tooLong } from "../support/hearers.ts";
import { titleFaults } from "../support/page-rules.ts";
import { addInstitutions, institutionRow } from "../support/people-at-work.ts";

const DAY = 86_400_000;
let test: TestApp;
let visitor: Visitor;

beforeAll(async () => {
  test = await openTestApp();
  visitor = newVisitor(test);
  const hours = { sr: "Радним данима, 8–16", en: "Workdays, 08:00–16:00" };
  const reach = { address: "Main Street 1", phone: "021 555-123", hours };
  const nis = { territory: "rs-nis" };
  await addInstitutions(test, [
    institutionRow("ministry", "ministry", { territory: "rs-stari-grad", covers: ["country"] }),
    institutionRow("admin", "school_admin", { ...nis, ...reach, covers: ["rs-nisavski"], supervisorId: "ministry" }),
    institutionRow("is-checked", "csw", { ...reach, verifiedOn: "2026-11-01", supervisorId: "ministry" }),
    institutionRow("unchecked", "police", reach),
    institutionRow("two-lines", "health", { phone: "021 1, or 021 2", verifiedOn: "2026-11-01" }),
    institutionRow("health-nis", "health", nis),
    institutionRow("school-nis", "primary_school", nis),
    institutionRow("ended", "csw", { activeTo: test.platform.now() }),
    institutionRow("absent", "equality", { fallbackId: "is-checked" }),
    institutionRow("next-door", "csw", { territory: "rs-temerin" }),
    institutionRow("nasty", "ngo", { name: { sr: "<b>Удружење", en: "<b>Association" }, address: "<i>" }),
    ...Array.from({ length: 45 }, (_, at) => institutionRow(`school-${at}`, "primary_school", { territory: "rs-ada" })),
  ]);
  const now = test.platform.now();
  await test.database.raw(
    `insert into absence (id, institution_id, type, territory, from_at, to_at, fallback_id) values
     ('one', 'absent', null, null, ${now - DAY}, ${now + 3 * DAY}, null),
     ('two', null, 'ministry', 'rs-vojvodina', ${now - DAY}, ${now + 9 * DAY}, null),
     ('three', null, 'school_admin', 'rs-juzna-istocna-srbija', ${now - DAY}, ${now + DAY}, 'ministry')`,
  );
});
afterAll(() => test.close());

const find = (place: string, need = "", more = "", lang = "en") =>
  visitor.get(`/${lang}/find?place=${place}&need=${need}${more}`);
/** The ids of what a page lists, in its order. */
const listed = (text: string) =>
  [...text.matchAll(/<h3><a class="way" href="\/[^/]+\/find\/([^"]+)"/g)].map(([, id]) => id);
const cardOf = (text: string, id: string) =>
  text.split('<section class="card">').find((part) => part.includes(`<h3><a class="way" href="/en/find/${id}"`)) ?? "";

describe("looking for who can help", () => {
  it("begins with a place and a need, in a form without a script, and lists nobody yet", async () => {
    const { status, text } = await visitor.get("/en/find");
    expect(status).toBe(200);
    expect(text).toContain('<form method="get" action="/en/find#results"');
    expect(text).toMatch(/<optgroup label="[^"]*Bačka[^"]*">/);
    expect(text).not.toContain('id="results"');
    expect(text).not.toContain("error-summary");
    expect(titleFaults(text)).toEqual([]);
  });

  it("lists who answers by the order of the need, then by the smallest area", async () => {
    const nearNis = (await find("rs-svrljig", "1")).text;
    expect(nearNis).toContain("Svrljig: who answers");
    expect(listed(nearNis)).toEqual(["admin", "ministry"]);
    expect((await find("country", "1")).text).toContain("Serbia: who answers");
    expect(listed((await find("rs-novi-sad", "2")).text)).toEqual(["is-checked", "unchecked", "two-lines", "nasty"]);
  });

  it("lists the bodies of a city for each of its parts, as bodies of this place", async () => {
    const { text } = await find("rs-medijana", "1");
    expect(listed(text)).toEqual(["admin", "ministry"]);
    expect(listed((await find("rs-pantelej", "7")).text)).toEqual(["health-nis"]);
    expect(cardOf((await find("rs-pantelej", "7")).text, "health-nis")).not.toContain("in a neighbouring town");
  });

  it("lists for anything the centre, the police and health first, and schools after whoever is above them", async () => {
    expect(listed((await find("rs-novi-sad")).text).slice(0, 3)).toEqual(["is-checked", "unchecked", "two-lines"]);
    const inNis = listed((await find("rs-nis")).text);
    expect(inNis).toEqual(["health-nis", "admin", "school-nis", "ministry"]);
  });

  it("shows a phone as a link, and hours, only where somebody has rung and asked", async () => {
    const { text } = await find("rs-novi-sad", "2");
    expect(cardOf(text, "is-checked")).toContain('href="tel:021555123"');
    expect(cardOf(text, "is-checked")).toContain("08:00–16:00");
    expect(cardOf(text, "is-checked")).toContain("Checked on 1 November 2026");
    expect(cardOf(text, "unchecked")).not.toMatch(/tel:|555|16:00/);
    expect(cardOf(text, "unchecked")).toContain("The phone is not checked yet.");
    expect(text.match(/call 116 111/gi)).toHaveLength(1);
    expect((await visitor.get("/en/find/unchecked")).text).toContain("Call 116 111.");
    expect(cardOf(text, "two-lines")).toContain("021 1, or 021 2");
    expect(cardOf(text, "two-lines")).not.toContain("tel:");
  });

  it("shows nobody who has ended, nor the team that takes reports", async () => {
    const all = listed((await find("rs-novi-beograd")).text);
    expect(all).toContain("inst-other");
    expect(all).not.toContain("inst-triage");
    expect(listed((await find("rs-novi-sad", "2")).text)).not.toContain("ended");
  });

  it("says until when somebody is absent, alone or with all of its kind, and who stands in", async () => {
    const equality = cardOf((await find("rs-novi-sad", "8")).text, "absent");
    expect(equality).toContain("Closed until 25 November 2026.");
    expect(equality).toContain('href="/en/find/is-checked"');
    const admin = cardOf((await find("rs-nis", "1")).text, "admin");
    expect(admin).toContain("Closed until 23 November 2026.");
    expect(admin).toContain('href="/en/find/ministry"');
    expect(cardOf((await find("rs-nis", "1")).text, "ministry")).not.toContain("Closed until");
  });

  it("lists those of a neighbouring town, marked, of whose kind nobody is here", async () => {
    const { text } = await find("rs-zabalj", "2");
    expect(listed(text)).toEqual(["is-checked", "next-door", "unchecked", "two-lines", "nasty"]);
    expect(cardOf(text, "next-door")).toMatch(/in a neighbouring town<[\s\S]*Temerin/);
    expect(listed((await find("rs-novi-sad", "2")).text)).not.toContain("next-door");
  });

  it("lists twenty a page, each once, over as many pages as there are", async () => {
    let { text } = await find("rs-ada");
    const seen = listed(text);
    expect(seen).toHaveLength(20);
    for (let page = 0; page < 4 && text.includes('rel="next"'); page++) {
      const [, next = ""] = /href="([^"]+)" rel="next"/.exec(text) ?? [];
      expect(next).not.toMatch(/school(?!-\d)|Institution/);
      text = (await visitor.get(next.replaceAll("&amp;", "&"))).text;
      seen.push(...listed(text));
    }
    expect(seen).toHaveLength(new Set(seen).size);
    expect(seen.filter((id) => id?.startsWith("school-"))).toHaveLength(45);
    expect(text).toContain("From the beginning");
  });

  it("says plainly where nobody is listed, with the numbers to call", async () => {
    const { status, text } = await find("rs-trgoviste", "7");
    expect(status).toBe(200);
    expect(text).toContain("Nobody is listed here yet");
    expect(text).toContain('class="button second" href="tel:116111"');
  });

  it.each(["", "rs-atlantis", "rs-vojvodina", "toString"])(
    "asks again for a place that is none: “%s”",
    async (place) => {
      const { status, text } = await find(place, "2");
      expect(status).toBe(422);
      expect(text).toContain('<a href="#place">Choose a municipality or town</a>');
      expect(text).toContain('<option value="2" selected>');
    },
  );

  it("takes an unknown need for any, and an unknown beginning of a page for the first", async () => {
    for (const more of ["&need=99", "&after=1.1.nobody", "&after=<b>"])
      expect((await visitor.get(`/en/find?place=rs-svrljig${more}`)).text).toContain("/find/ministry");
  });

  it("keeps what was chosen when the language changes", async () => {
    expect((await find("rs-nis", "1")).text).toContain('href="/sr/find?place=rs-nis&amp;need=1"');
  });

  it("shows what offices typed as text", async () => {
    expect((await find("rs-novi-sad", "2")).text).not.toMatch(/<b>Association|<i>/);
  });
});

describe("whoever stands in for somebody absent", () => {
  const away = (id: string, of: string, fallbackId: string | null, days: number) =>
    test.platform.db.write((tx) =>
      tx.insert(absence).values({
        ...(of === "ngo" ? { type: of } : { institutionId: of }),
        ...{ id, fallbackId, from: test.platform.now() - DAY, to: test.platform.now() + days * DAY },
      }),
    );
  const end = (id: string, at: number) =>
    test.database.raw(`update institution set active_to = ${at} where id = '${id}'`);
  const standIn = async (id: string) => {
    const { text } = await visitor.get(`/en/find/${id}`);
    const [, path] = /In the meantime: <a[^>]* href="([^"]+)"/.exec(text) ?? [];
    return path;
  };

  beforeAll(() =>
    addInstitutions(test, [
      institutionRow("first-one", "ngo"),
      institutionRow("second-one", "ngo"),
      institutionRow("own-one", "ngo"),
      institutionRow("to-come", "ngo", { activeFrom: test.platform.now() + DAY }),
      institutionRow("away-one", "shelter", { fallbackId: "own-one" }),
      institutionRow("away-two", "shelter"),
      institutionRow("away-ngo", "ngo", { fallbackId: "own-one" }),
    ]),
  );

  it("is shown while it works, and no link leads to one that has ended, not begun, or takes reports", async () => {
    await away("a1", "away-one", "first-one", 3);
    await away("a2", "away-two", "second-one", 3);
    expect(await standIn("away-one")).toBe("/en/find/first-one");
    await end("first-one", test.platform.now());
    expect(await standIn("away-one")).toBe("/en/find/own-one");
    for (const id of ["first-one", "to-come", "inst-triage"]) {
      await test.database.raw(`update absence set fallback_id = '${id}' where id = 'a2'`);
      expect((await visitor.get("/en/find/away-two")).text, id).toContain("Closed until 25 November 2026.");
      expect(await standIn("away-two"), id).toBeUndefined();
      expect((await visitor.get(`/en/find/${id}`)).status, id).toBe(404);
    }
  });

  it("is whom routing would ask: for its own absence first, for that of its kind, then its own fallback", async () => {
    await away("b1", "away-ngo", "second-one", 2);
    await away("b2", "ngo", "is-checked", 9);
    expect(await standIn("away-ngo")).toBe("/en/find/second-one");
    expect((await visitor.get("/en/find/away-ngo")).text).toContain("Closed until 1 December 2026.");
    await end("second-one", test.platform.now());
    expect(await standIn("away-ngo")).toBe("/en/find/is-checked");
    await test.database.raw("update absence set fallback_id = 'to-come' where id = 'b2'");
    expect(await standIn("away-ngo")).toBe("/en/find/own-one");
  });
});

describe("the page of an institution", () => {
  it("says what such a body does, what a call is like, and whom to turn to if it does not react", async () => {
    const { status, text } = await visitor.get("/en/find/is-checked");
    expect(status).toBe(200);
    for (const said of ["Institution is-checked", "Centre for social work", "lawyer has not checked", "on the phone"])
      expect(text).toContain(said);
    expect(text).toContain('href="/en/find/ministry"');
    expect(text).toContain('href="tel:021555123"');
    expect(titleFaults(text)).toEqual([]);
  });

  it.each(["nobody", "ended", "inst-triage"])("does not exist for %s", async (id) => {
    expect((await visitor.get(`/en/find/${id}`)).status).toBe(404);
  });

  it("is not shown after leaving, nor is the list", async () => {
    const left = newVisitor(test);
    await left.get("/leave");
    for (const path of ["/en/find?place=rs-nis&need=2", "/en/find/is-checked"])
      expect((await left.get(path)).path).toBe("/en/page");
  });
});

describe("the country's words about institutions", () => {
  it("say for every type what it does, in sentences that an adult reads easily, and needs in a child's", () => {
    const { duties, needs, codeLists } = test.country;
    const types = codeLists.institution_type.map(({ code }) => code).filter((code) => code !== "triage");
    expect(Object.keys(duties).toSorted()).toEqual(types.toSorted());
    const said = Object.values(duties).flatMap(({ does }) => does.flatMap(({ sr, en }) => [sr, en]));
    expect(said.flatMap((text) => tooLong(text, 20))).toEqual([]);
    expect(needs.flatMap(({ label: { sr, en } }) => [...tooLong(sr, 12), ...tooLong(en, 12)])).toEqual([]);
    expect(Object.values(duties).every(({ verified }) => !verified)).toBe(true);
  });

  it("know a need for what most children report, and for what is hardest to say, and keep their numbers", () => {
    const { needs, educationalTypes } = test.country;
    expect(needs.map(({ id }) => id).toSorted((one, other) => one - other)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    const typesOf = (wanted: number) => needs.find(({ id }) => id === wanted)?.types ?? [];
    expect(typesOf(9)).toEqual(expect.arrayContaining([...educationalTypes, "school_admin", "csw"]));
    expect(typesOf(10)).toEqual(expect.arrayContaining(["police", "csw", "health", "higher_prosecutor"]));
  });

  it("are linked from home, help and the page about violence", async () => {
    for (const page of ["", "help", "learn"])
      expect((await visitor.get(`/en/${page}`)).text).toContain('href="/en/find"');
  });
});
