import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { absence } from "#institutions/schema.ts";
import { NOON, openTestApp, type TestApp } from "../support/app.ts";
import { newVisitor, type Seen, type Visitor } from "../support/browser.ts";
import { listedOn } from "../support/directory.ts";
import { fillDirectory } from "../support/fill-directory.ts";
import { signInAs, unpaced } from "../support/journey.ts";
import { listed } from "../support/listed.ts";
import { newStaff } from "../support/new-staff.ts";
import { addInstitutions, institutionRow } from "../support/people-at-work.ts";

const ADA = "rs-ada";
const NASTY = `<img src=x onerror=alert(1)> "'`;
let test: TestApp;
let admin: Visitor;
let member: Visitor;

beforeAll(async () => {
  test = await openTestApp(unpaced());
  const everywhere = { covers: ["country"] };
  const none = { desks: [] };
  await fillDirectory(
    test.platform.db,
    [
      listed("school", "primary_school", ADA, { parentId: "owner" }),
      listed("branch", "primary_school", ADA, { parentId: "school" }),
      listed("nasty", "primary_school", ADA, { name: { sr: NASTY, en: NASTY } }),
      listed("csw", "csw", ADA, { fallbackId: "neighbour" }),
      listed("neighbour", "csw", "rs-senta"),
      listed("police", "police", ADA, none),
      listed("prosecutor", "basic_prosecutor", "rs-senta", { covers: [ADA] }),
      listed("inspection", "edu_inspection", ADA, { fallbackId: "branch", desks: [] }),
      listed("owner", "ministry", "rs-senta", everywhere),
      listed("admin", "school_admin", "rs-senta", everywhere),
    ],
    "person",
  );
  await test.platform.db.write((tx) =>
    tx.insert(absence).values({ id: "away", institutionId: "csw", from: NOON - 1, to: NOON + 86_400_000 }),
  );
  admin = await newStaff(test, "admin");
  member = await newStaff(test, "member", "csw-desk");
});
afterAll(() => test.close());

const main = ({ text }: Seen) => text.slice(text.indexOf("<main"), text.indexOf("</main>"));
const wordsOn = (seen: Seen) =>
  main(seen)
    .replace(/<select[\s\S]*?<\/select>/g, "")
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ");
const shown = async (query: string, visitor = admin) => visitor.get(`/staff/routing?${query}`);

describe("the page of who answers", () => {
  it("asks for a municipality, and offers every one below its district", async () => {
    const seen = await admin.get("/staff/routing");
    expect(seen.status).toBe(200);
    expect(wordsOn(seen)).toContain("Choose a municipality or an institution.");
    expect(seen.text.match(/<optgroup /g)).toHaveLength(25);
    expect(seen.text).toContain('<option value="rs-ada">');
    expect(seen.text).not.toMatch(/<option value=""[^>]*><\/option>/);
    expect(wordsOn(seen)).toContain("every report comes to the triage team first");
  });

  it("says who answers, at which desk, by which rule and source, and that no lawyer has seen it", async () => {
    const words = wordsOn(await shown("place=rs-ada&setting=education&harmer=peer&at=school&form=physical"));
    expect(words).toMatch(/Who answers school Primary school, Ada Desk: school By this rule/);
    expect(words).toContain("The institution where the violence happens acts through its protection team.");
    expect(words).toContain("Source: Pravilnik o Protokolu postupanja u ustanovi, Sl. glasnik RS 11/2024");
    expect(words).toContain("not verified by a lawyer");
  });

  it("tells every detour in words: absence with its last day, nobody at a desk, stand-ins", async () => {
    const words = wordsOn(await shown("place=rs-ada&setting=family&harmer=parent&form=physical"));
    expect(words).toContain("csw is absent. The last day of absence: Monday 23 November.");
    expect(words).toContain("Its fallback: neighbour.");
    expect(words).toContain("It only stands in for: Centre for social work");
    expect(words).toContain("It only stands in for: Police");
    expect(words).toContain("police has nobody at a desk who could open a report.");
    expect(words).toContain("In its place: Basic public prosecutor&#39;s office.");
    expect(words).toMatch(/neighbour Centre for social work, Senta/);
  });

  it("says who must not be first where an employee harms, why, and goes to nobody of that house", async () => {
    const seen = await shown("place=rs-ada&setting=education&harmer=school_staff&at=school&form=physical");
    const words = wordsOn(seen);
    expect(words).toContain("Where an employee of a school harms, no school is the first to know.");
    expect(words).toContain("the institution where it happens, its branches and the body it belongs to");
    expect(words).toContain("This service&#39;s own rule not verified by a lawyer");
    expect(words).toContain("branch must not be the first to know.");
    const answering = [...main(seen).matchAll(/<h3><a class="way" href="\/staff\/institutions\/([\w-]+)"/g)].map(
      ([, id]) => id,
    );
    expect(answering).toEqual(["admin", "neighbour", "prosecutor"]);
  });

  it("says what nobody answers for", async () => {
    const words = wordsOn(await shown("place=rs-zemun&setting=digital&harmer=online_unknown&form=digital"));
    expect(words).toMatch(/Nobody found National Contact Centre.* By this rule/);
    expect(words).toContain("nobody is entered for this municipality.");
  });

  it("makes of what the form sends an address of codes alone, and keeps every form that was chosen", async () => {
    const sent = await shown("place=rs-ada&form=physical&form=&setting=&harmer=peer&age=&level=&words=");
    expect(sent.status).toBe(303);
    expect(sent.path).toBe("/staff/routing?place=rs-ada&harmer=peer&form=physical");
    const two = await shown("place=rs-ada&form=physical&form=sexual");
    expect(two.text.match(/<select id="form-\d" name="form">/g)).toHaveLength(3);
    expect(two.text.match(/ selected>/g)).toHaveLength(3);
    const wild = await shown("place=nowhere&form=nonsense&harmer=%3Cb%3E&at=%22x");
    expect([wild.status, wild.path]).toEqual([303, "/staff/routing"]);
  });

  it("finds the institution by a part of its name, and the words are gone from the address once one is chosen", async () => {
    const found = await shown("place=rs-ada&setting=education&words=BRANCH");
    expect(found.text).toContain('<input type="radio" name="at" value="branch">');
    expect(wordsOn(found)).toContain("Which institution is it?");
    const chosen = await shown("place=rs-ada&setting=education&words=branch&at=branch");
    expect(chosen.path).toBe("/staff/routing?place=rs-ada&setting=education&at=branch");
    const taken = await shown("place=rs-ada&setting=education&at=none");
    expect(taken.path).toBe("/staff/routing?place=rs-ada&setting=education");
    expect(wordsOn(await shown("place=rs-ada&words=zzz"))).toContain("No institution has these words in its name.");
    expect((await shown("place=rs-ada&setting=family")).text).not.toContain('name="words"');
  });

  it("takes the municipality of the institution where none is chosen", async () => {
    expect(wordsOn(await shown("setting=education&harmer=peer&at=school"))).toContain("Desk: school");
  });

  it("takes the town of the institution where another municipality was chosen, and says so in words", async () => {
    const words = wordsOn(await shown("place=rs-zemun&setting=education&harmer=school_staff&at=school&form=physical"));
    expect(words).toContain(
      "The institution is in another municipality (Ada), not in the one given (Belgrade – Zemun).",
    );
    expect(words).toMatch(/neighbour Centre for social work, Senta/);
    expect(words).not.toContain("school Primary school, Ada");
    expect(wordsOn(await shown("place=rs-ada&setting=education&harmer=peer&at=school"))).not.toContain(
      "in another municipality",
    );
    const atHome = wordsOn(await shown("place=rs-zemun&setting=family&harmer=parent&at=school&form=physical"));
    expect(atHome).not.toContain("in another municipality");
  });

  it("escapes what an institution is called and what was looked for", async () => {
    const seen = await shown(`place=rs-ada&words=${encodeURIComponent("<img>")}`);
    expect(seen.text).toContain("&lt;img src=x");
    expect(seen.text).not.toContain("<img src=x");
    expect(seen.text).toContain('value="&lt;img&gt;"');
  });

  it("is there for whoever may read the directory, and for nobody else", async () => {
    expect((await shown("place=rs-ada", member)).status).toBe(200);
    const triage = newVisitor(test);
    await signInAs(triage);
    expect((await shown("place=rs-ada", triage)).status).toBe(200);
    expect((await shown("place=rs-ada", newVisitor(test))).path).toBe("/staff");
  });

  it("speaks Serbian in both scripts", async () => {
    await member.post("/staff/account/language", { language: "sr" });
    expect(wordsOn(await shown("place=rs-ada&setting=family&harmer=parent", member))).toContain(
      "csw: траје одсуство. Последњи дан одсуства: понедељак, 23. новембра.",
    );
    await member.post("/staff/account/language", { language: "sr-Latn" });
    expect(wordsOn(await shown("place=rs-ada", member))).toContain("Ko postupa");
  });
});

describe("the page of holes", () => {
  const holes = async (query = "", visitor = admin) => visitor.get(`/staff/routing/holes${query}`);
  const rowsOn = ({ text }: Seen) =>
    [...text.matchAll(/<td data-label="Municipality">([^<]+)</g)].map(([, name]) => name);
  const linkOn = ({ text }: Seen, label: string) =>
    new RegExp(`<a href="([^"]+)"[^>]*>${label}</a>`).exec(text)?.[1]?.replaceAll("&amp;", "&") ?? "none";

  it("says that nothing was checked, and only who changes the directory can check now", async () => {
    expect(wordsOn(await holes())).toContain("Nothing has been checked yet.");
    expect((await holes("", member)).text).not.toContain("/staff/routing/holes/check");
    expect((await member.post("/staff/routing/holes/check", {})).status).toBe(404);
    expect(wordsOn(await holes())).toContain("Nothing has been checked yet.");
    expect((await admin.post("/staff/routing/holes/check", {})).path).toBe("/staff/routing/holes");
  });

  it("lists what is missing by municipality and type, page by page there and back", async () => {
    const first = await holes();
    expect(wordsOn(first)).toMatch(/Checked on 22 November at 12:00 . 3,875,508 combinations were tried\./);
    expect(wordsOn(first)).toMatch(/In [\d,]+ combinations somebody who should answer is missing\./);
    expect(first.text).toMatch(/>\d{1,2},\d{3}<\/td>/);
    const there = [first];
    for (let next = linkOn(first, "Next 50"); next !== "none"; next = linkOn(there.at(-1) ?? first, "Next 50")) {
      there.push(await admin.get(next));
    }
    expect(there.length).toBeGreaterThan(3);
    const last = there.at(-1) ?? first;
    const back = [last];
    while (linkOn(back[0] ?? last, "Previous 50") !== "none") {
      back.unshift(await admin.get(linkOn(back[0] ?? last, "Previous 50")));
    }
    expect(back.map(rowsOn)).toEqual(there.map(rowsOn));
    expect(there.flatMap(rowsOn).length).toBeGreaterThan(169);
  });

  it("counts the institutions without a fallback as they are now, and leads to them", async () => {
    const without = async () => {
      const seen = await holes();
      const [said = "none"] = /\d+ institutions? ha(s|ve) no fallback/.exec(wordsOn(seen)) ?? [];
      const list = linkOn(seen, "Show those without a fallback");
      return { said, found: list === "none" ? [] : listedOn(await admin.get(list)).sort() };
    };
    expect((await without()).said).toBe("9 institutions have no fallback");
    await test.database.raw("update institution set fallback_id = 'csw' where fallback_id is null and id <> 'csw'");
    expect(await without()).toEqual({ said: "none", found: [] });
    await addInstitutions(test, [institutionRow("new-centre", "csw"), institutionRow("new-association", "ngo")]);
    expect(await without()).toEqual({ said: "1 institution has no fallback", found: ["new-centre"] });
    await test.database.raw("update institution set fallback_id = null where fallback_id = 'csw'");
    await test.database.raw("delete from institution_area where institution_id in ('new-centre', 'new-association')");
    await test.database.raw("delete from institution where id in ('new-centre', 'new-association')");
  });

  it("leads from each to who answers for one such combination, where that one is missing", async () => {
    const [, path = ""] = /<a href="(\/staff\/routing\?[^"]+)"/.exec((await holes()).text) ?? [];
    const seen = await admin.get(path.replaceAll("&amp;", "&"));
    expect(seen.status).toBe(200);
    expect(wordsOn(seen)).toContain("Nobody found");
  });

  it("filters by type, and takes anything else for no filter", async () => {
    const seen = await holes("?type=contact_center");
    expect(
      new Set([...seen.text.matchAll(/<td data-label="Who is missing">([^<]+)</g)].map(([, type]) => type)),
    ).toEqual(new Set(["National Contact Centre 19833"]));
    expect(linkOn(seen, "Show all types")).toBe("/staff/routing/holes");
    expect(rowsOn(await holes("?type=nonsense&after=%22x"))).toEqual(rowsOn(await holes()));
    expect(wordsOn(await holes("?type=triage"))).toContain("This list is empty for the whole country.");
  });

  it("lists apart from that where somebody only stands in, and for whom", async () => {
    const seen = await holes("?list=standsIn&type=police");
    expect(wordsOn(seen)).toMatch(/In \d+ municipalit(y|ies) somebody only stands in for: .*Police/);
    expect(rowsOn(seen)).toEqual(["Ada", "Senta"]);
    expect(seen.text).not.toContain("Nobody at all");
    await test.database.raw("update routing_check set unanswered = 0, incomplete = 0");
    await test.database.raw("delete from routing_hole where missing > 0");
    await test.database.raw("update routing_check set at = at - 172800001");
    const without = await holes();
    expect(wordsOn(without)).toMatch(/No gap: .* In \d+ municipalit(y|ies) somebody only stands in for:/);
    expect(wordsOn(without)).toContain("older than two days");
    expect(rowsOn(without)).toContain("Ada");
    await test.database.raw("update routing_check set at = at + 172800001");
  });

  it("says that there is none", async () => {
    await test.database.raw("update routing_check set unanswered = 0, incomplete = 0");
    await test.database.raw("delete from routing_hole");
    const seen = await holes();
    expect(wordsOn(seen)).not.toContain("older than two days");
    expect(wordsOn(seen)).toContain("No gap: in each of them every rule finds a desk");
    expect(seen.text).not.toContain("<table");
  });
});
