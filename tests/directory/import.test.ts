import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { prepareAccount, storeAccount } from "#accounts/index.ts";
import { purge } from "../../src/serve.ts";
import { NOON, OPERATOR, openTestApp, PASSWORD, STRANGER, type TestApp } from "../support/app.ts";
import { newVisitor, type Seen, type Visitor } from "../support/browser.ts";
import { inWindows1250 } from "../support/institution-files.ts";
import { unpaced } from "../support/journey.ts";
import { fileOf, manyInstitutions } from "../support/many-institutions.ts";
import { titleFaults } from "../support/page-rules.ts";

const IMPORT = "/staff/institutions/import";
const HEAD = "id;type;name;municipality";
const GOOD = `${HEAD};phone\na-1;csw;Centar „Čačak“;Čačak;+381 11 222\na-2;csw;Други;Земун;`;

/** The same without Cyrillic letters, as an older program saves it. */
const OLDER = GOOD.replace("Други;Земун", "Drugi;Zemun");

let test: TestApp;
let admin: Visitor;
let other: Visitor;

beforeAll(async () => {
  test = await openTestApp(unpaced());
  for (const [email, role] of [
    ["admin@test.rs", "admin"],
    ["other@test.rs", "admin"],
    ["member@test.rs", "member"],
  ] as const) {
    const person = { email, name: "Ada Admin", role, language: "en", password: PASSWORD } as const;
    const account = await prepareAccount(test.platform, person);
    await test.platform.db.write((tx) => storeAccount(tx, account));
  }
  [admin, other] = [await signedIn("admin@test.rs"), await signedIn("other@test.rs")];
});
afterAll(() => test.close());
afterEach(async () => {
  for (const table of ["contact_person", "import_file"]) await test.database.raw(`delete from ${table}`);
  for (const table of ["desk", "institution_area"]) {
    await test.database.raw(`delete from ${table} where institution_id not in ('inst-triage', 'inst-other')`);
  }
  await test.database.raw("delete from institution where id not in ('inst-triage', 'inst-other')");
});

async function signedIn(email: string): Promise<Visitor> {
  const visitor = newVisitor(test);
  // A page of the directory's home may not be there yet.
  await visitor.post("/staff/session", { email, password: PASSWORD });
  return visitor;
}

const BOUNDARY = "----file";
function multipart(content: Uint8Array, name = "file"): Buffer {
  const head = `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${name}"; filename="x.csv"\r\ncontent-type: text/csv\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), content, Buffer.from(`\r\n--${BOUNDARY}--\r\n`)]);
}

async function sendFile(visitor: Visitor, file: string | Uint8Array, body?: Buffer, headers = {}): Promise<Seen> {
  const content = typeof file === "string" ? Buffer.from(file) : file;
  const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const response = await test.app.request(`http://test.local${IMPORT}`, {
    method: "POST",
    body: new Uint8Array(body ?? multipart(content)),
    headers: {
      ...{ host: "test.local", cookie, "content-type": `multipart/form-data; boundary=${BOUNDARY}` },
      ...{ origin: "http://test.local", "sec-fetch-site": "same-origin", ...headers },
    },
  });
  const { status } = response;
  const path = response.headers.get("location") ?? IMPORT;
  return { status, text: await response.text(), path, headers: response.headers };
}

async function trialOf(file: string | Uint8Array, visitor = admin): Promise<Seen> {
  const sent = await sendFile(visitor, file);
  if (sent.status !== 303) throw new Error(`not taken: ${sent.status}`);
  return visitor.get(sent.path);
}

const markOn = ({ text }: Seen) => /name="mark" value="([0-9a-f]+)"/.exec(text)?.[1] ?? "";
const apply = (seen: Seen, more = {}, visitor = admin) =>
  visitor.post(`${seen.path}/apply`, { mark: markOn(seen), ...more });
const chipsOn = ({ text }: Seen) => [...text.matchAll(/\?list=\w+"[^>]*>([^<]+)</g)].map(([, label]) => label);
const rowsOn = ({ text }: Seen) =>
  [...text.matchAll(/<tr><td[\s\S]*?<\/tr>/g)].map(([row]) =>
    [...row.matchAll(/<td[^>]*>(?:<span lang="">)?([^<]*)</g)].map(([, cell]) => cell).join(" | "),
  );
const count = async (table: string) => Number((await test.database.raw(`select count(*) as n from ${table}`))[0]?.n);

describe("a file of institutions", () => {
  it("is sent, looked at and applied, and pressing twice is told so", async () => {
    const page = await admin.get(IMPORT);
    expect(page.text).toContain('enctype="multipart/form-data"');
    expect(titleFaults(page.text)).toEqual([]);
    const trial = await trialOf(inWindows1250(OLDER));
    expect(titleFaults(trial.text)).toEqual([]);
    expect(chipsOn(trial)).toEqual([
      "Wrong lines: 0",
      "Ending: 0",
      "Changed: 0",
      "New: 2",
      "Names to read: 2",
      "Without a fallback: 2",
      "Left out too: 0",
    ]);
    expect(rowsOn(trial)).toEqual([
      "2 | a-1 | Centar „Čačak“ | Centre for social work | Čačak",
      "3 | a-2 | Drugi | Centre for social work | Belgrade – Zemun",
    ]);
    expect(rowsOn(await admin.get(`${trial.path}?list=rewritten`))).toEqual([
      "2 | Centar „Čačak“ | Центар „Чачак“",
      "3 | Drugi | Други",
    ]);
    expect(trial.text).toContain("Apply 2 lines");
    expect(await count("institution")).toBe(2);
    const [done, again] = [await apply(trial), await apply(trial)];
    expect([done.status, done.path]).toEqual([303, `${trial.path}?added=2&changed=0`]);
    expect((await admin.get(done.path)).text).toMatch(/has been applied[^<]*New: 2\. Changed: 0\./);
    expect([again.status, again.path]).toEqual([303, trial.path]);
    expect((await admin.get(again.path)).text).toContain("Nobody needs to press again.");
    expect(await count("institution")).toBe(4);
    expect(await test.database.raw("select length(content) as n from import_file")).toMatchObject([{ n: 0 }]);
    expect((await trialOf(GOOD)).text).toContain("There is nothing to apply");
  });

  it("shows what it changes, before and after", async () => {
    await apply(await trialOf(GOOD));
    const trial = await trialOf(`${HEAD};phone;covers\na-1;police;Центар „Чачак“;Zemun;+381 11 333;rs-vojvodina`);
    expect(rowsOn(trial)).toEqual([
      "a-1 | Centar „Čačak“ | Type | Centre for social work | Police",
      "a-1 | Centar „Čačak“ | Municipality | Čačak | Belgrade – Zemun",
      "a-1 | Centar „Čačak“ | Further area | nothing | Region of Vojvodina",
      "a-1 | Centar „Čačak“ | Phone | +381 11 222 | +381 11 333",
    ]);
    expect(trial.text).toContain("Institutions that the file does not name: 3.");
    const ending = await trialOf(`${HEAD};fallback;active_to\na-2;;;;a-1;\na-1;;;;;2027-01-01\na-3;csw;Трећи;Чачак;;`);
    expect(rowsOn(ending)).toEqual(["3 | a-1 | Centar „Čačak“ | 2027-01-01 | 1: a-2"]);
  });

  it("shows that a checked day goes with the phone it was about, and refuses one that has not come", async () => {
    await apply(await trialOf(`${GOOD.replace("phone", "phone;verified_on").replace("222", "222;2026-11-02")}`));
    const trial = await trialOf("id;telefon\na-1;+381 66 666 666");
    expect(rowsOn(trial)).toEqual([
      "a-1 | Centar „Čačak“ | Phone | +381 11 222 | +381 66 666 666",
      "a-1 | Centar „Čačak“ | Verified on | 2026-11-02 | nothing",
    ]);
    await apply(trial);
    const [row] = await test.database.raw("select phone, verified_on from institution where identifier = 'a-1'");
    expect(row).toEqual({ phone: "+381 66 666 666", verified_on: null });
    expect(rowsOn(await trialOf("id;verified_on\na-1;2026-11-23"))).toEqual([
      "2 | Verified on | 2026-11-23 | That day has not come yet. Write the day on which somebody rang.",
    ]);
  });

  it("remarks which new ones have no fallback, which holds nothing up", async () => {
    const many = Array.from({ length: 101 }, (_, at) => `b-${at};csw;Центар;Чачак;`);
    const some = ["c-1;csw;Центар;Чачак;b-1", "c-2;ngo;Удружење;Чачак;"];
    const trial = await trialOf([`${HEAD};fallback`, ...many, ...some].join("\n"));
    expect(chipsOn(trial)).toContain("Without a fallback: 101");
    const list = await admin.get(`${trial.path}?list=noFallback`);
    expect(list.text).toContain("nobody is named who takes over");
    expect(rowsOn(list)).toHaveLength(100);
    expect(rowsOn(list)[0]).toBe("2 | b-0 | Centar | Centre for social work | Čačak");
    expect(list.text).toContain("Apply 103 lines");
    await apply(trial);
    expect(chipsOn(await trialOf(`${HEAD};fallback\nb-0;csw;Центар;Земун;`))).toContain("Without a fallback: 0");
  });

  it("with wrong lines shows each, and applies the right ones only where that is asked for", async () => {
    const lines = Array.from({ length: 130 }, (_, at) => `b-${at};<b>;Центар;Чачак;`);
    const trial = await trialOf(
      [`${HEAD};fallback;note`, ...lines, "c;csw;Центар;Чачак;", "d;csw;Центар;Чачак;b-1"].join("\n"),
    );
    expect(chipsOn(trial)).toEqual([
      "Wrong lines: 130",
      "Ending: 0",
      "Changed: 0",
      "New: 1",
      "Names to read: 0",
      "Without a fallback: 1",
      "Left out too: 1",
    ]);
    expect(trial.text).toContain("These headings mean nothing here and are passed over: note.");
    expect(rowsOn(trial)).toHaveLength(100);
    expect(rowsOn(trial)[0]).toBe("2 | Type | &lt;b&gt; | There is no such type.");
    const next = /href="([^"]+)" rel="next"/.exec(trial.text)?.[1]?.replaceAll("&amp;", "&") ?? "";
    expect(rowsOn(await admin.get(next))).toHaveLength(30);
    expect(rowsOn(await admin.get(`${trial.path}?list=left`))).toEqual(["133 | Fallback | b-1"]);
    expect(trial.text).toContain("Nothing is applied while a line is wrong.");
    const refused = await apply(trial);
    expect([refused.status, await count("institution")]).toEqual([422, 2]);
    const done = await apply(trial, { right: "yes" });
    expect([done.status, await count("institution")]).toEqual([303, 3]);
  });

  it("that would do something else by now is shown again instead of applied", async () => {
    const trial = await trialOf(GOOD);
    await apply(await trialOf(GOOD.replace("222", "333"), other), {}, other);
    const seen = await apply(trial);
    expect(seen.status).toBe(409);
    expect(seen.text).toContain("The directory has changed since you looked.");
    expect(rowsOn(seen)).toEqual(["a-1 | Centar „Čačak“ | Phone | +381 11 333 | +381 11 222"]);
    expect((await apply({ ...seen, path: trial.path })).path).toContain("?added=0&changed=1");
  });

  it("that ends somebody on whom others hang by now is shown again", async () => {
    await apply(await trialOf(GOOD));
    const trial = await trialOf(`${HEAD};active_to\na-1;csw;Центар „Чачак“;Чачак;2027-01-01`);
    expect(rowsOn(trial)).toEqual(["2 | a-1 | Centar „Čačak“ | 2027-01-01 | nobody"]);
    await apply(await trialOf(`${HEAD};fallback\na-2;csw;Други;Земун;a-1`, other), {}, other);
    const seen = await apply(trial);
    expect([seen.status, rowsOn(seen)]).toEqual([409, ["2 | a-1 | Centar „Čačak“ | 2027-01-01 | 1: a-2"]]);
    expect((await apply({ ...seen, path: trial.path })).path).toContain("?added=0&changed=1");
  });

  it("belongs to whoever sent it, can be thrown away, and goes by itself after a day", async () => {
    const trial = await trialOf(GOOD);
    expect((await admin.get(IMPORT)).text).toContain(`href="${trial.path}"`);
    expect((await other.get(IMPORT)).text).not.toContain(trial.path);
    expect((await other.get(trial.path)).status).toBe(404);
    expect((await apply(trial, {}, other)).status).toBe(404);
    await other.post(`${trial.path}/delete`, {});
    expect(await count("import_file")).toBe(1);
    expect((await admin.post(`${trial.path}/delete`, {})).path).toBe(IMPORT);
    expect((await admin.get(trial.path)).status).toBe(404);
    await trialOf(GOOD);
    const later = (hours: number) => purge({ db: test.platform.db, now: () => NOON + hours * 3_600_000 });
    await later(23);
    expect(await count("import_file")).toBe(1);
    await later(25);
    expect(await count("import_file")).toBe(0);
    // Sessions have gone as well.
    [admin, other] = [await signedIn("admin@test.rs"), await signedIn("other@test.rs")];
  });

  it("waits with four others at most: the oldest makes room, and nobody else's does", async () => {
    const theirs = await trialOf(GOOD, other);
    const mine = [];
    for (let at = 0; at < 6; at++) {
      test.pass(1);
      mine.push((await trialOf(GOOD.replace("222", `22${at}`))).path);
    }
    const { text } = await admin.get(IMPORT);
    expect(mine.map((path) => text.includes(`href="${path}"`))).toEqual([false, true, true, true, true, true]);
    expect(text).toContain("At most 5 wait");
    expect((await other.get(theirs.path)).status).toBe(200);
    expect(await count("import_file")).toBe(6);
  });

  it("of 3,000 lines is looked at on pages within their bytes", async () => {
    const trial = await trialOf(fileOf(manyInstitutions(test.country)));
    expect(chipsOn(trial)[3]).toBe("New: 3,000");
    expect(rowsOn(trial)).toHaveLength(100);
    for (const path of [IMPORT, trial.path]) {
      const packed = await admin.get(path, { "accept-encoding": "br" });
      expect(Number(packed.headers.get("content-length")), path).toBeLessThan(8_000);
    }
  });
});

describe("a file that cannot be taken is answered with what is wrong", () => {
  const large = Buffer.alloc(4 * 1024 * 1024 + 1, "a");
  it.each<[string, string | Uint8Array, number, string]>([
    ["empty", "", 422, "Choose a file first."],
    ["of spaces", "  \n", 422, "The file is empty."],
    ["a workbook", Buffer.from("504b0304", "hex"), 422, "This is not a CSV file."],
    ["without columns", "id,name\na,b", 422, "These columns are missing in the first line: Type, Municipality."],
    ["with an open quotation mark", `${HEAD}\n"a;b;c;d`, 422, "From line 2 on the columns cannot be told apart."],
    ["of 201 columns", `${HEAD}${";x".repeat(197)}\na`, 422, "The first line has more than 200 headings."],
    ["too large", large, 413, "The file is larger than 4 MB."],
    ["far too large", Buffer.alloc(9 * 1024 * 1024, "a"), 413, "The file is larger than 4 MB."],
  ])("%s", async (_, file, status, said) => {
    const seen = await sendFile(admin, file);
    expect([seen.status, await count("import_file")]).toEqual([status, 0]);
    expect(seen.text).toContain(said);
    expect(seen.text).toMatch(/<title>Error: Import</);
    expect(seen.text).toMatch(/<input id="file"[^>]*aria-invalid="true"/);
  });

  it("because the form is of another kind, damaged, or holds none", async () => {
    expect((await admin.post(IMPORT, { file: GOOD })).status).toBe(415);
    expect((await sendFile(admin, GOOD, Buffer.from("no parts at all"))).status).toBe(422);
    expect((await sendFile(admin, GOOD, multipart(Buffer.from(GOOD), "other"))).text).toContain("Choose a file first.");
    const text = `--${BOUNDARY}\r\ncontent-disposition: form-data; name="file"\r\n\r\n${GOOD}\r\n--${BOUNDARY}--\r\n`;
    expect((await sendFile(admin, GOOD, Buffer.from(text))).text).toContain("Choose a file first.");
    expect(await count("import_file")).toBe(0);
  });

  it("and comes back in no page when the session is over or another site sent it", async () => {
    const [over, elsewhere] = [
      await sendFile(newVisitor(test), GOOD),
      await sendFile(admin, GOOD, undefined, { "sec-fetch-site": "cross-site" }),
    ];
    expect([over.status, elsewhere.status]).toEqual([403, 415]);
    expect(over.text).toContain("Време за рад је истекло");
    for (const { text } of [over, elsewhere]) expect(text).not.toContain("a-1");
  });
});

describe("who may", () => {
  const addresses = [IMPORT, `${IMPORT}/example`, "/staff/institutions/export"];
  const statuses = async (visitor: Visitor) => {
    const seen = [];
    for (const address of addresses) seen.push((await visitor.get(address)).status);
    return [...seen, (await sendFile(visitor, GOOD)).status];
  };

  it("import is the administrator, export everybody who reads the directory, neither a stranger", async () => {
    const triage = await signedIn(OPERATOR);
    const member = await signedIn("member@test.rs");
    expect(await statuses(admin)).toEqual([200, 200, 200, 303]);
    expect(await statuses(triage)).toEqual([404, 404, 200, 404]);
    expect(await statuses(member)).toEqual([404, 404, 200, 404]);
    expect(await statuses(newVisitor(test))).toEqual([303, 303, 303, 403]);
    const trial = await trialOf(GOOD);
    for (const visitor of [triage, member, await signedIn(STRANGER)]) {
      expect((await visitor.get(trial.path)).status).toBe(404);
      expect((await apply(trial, {}, visitor)).status).toBe(404);
    }
    expect(await count("institution")).toBe(2);
  });
});

describe("the directory as a file", () => {
  it("has a neutral name, is audited, and imported again changes nothing", async () => {
    await apply(await trialOf(`${GOOD}\na-3;csw;=cmd|x!A1 Центар;Чачак;`), { right: "yes" });
    const before = await count("audit_entry where action = 'directory.exported'");
    for (const address of ["/staff/institutions/export", "/staff/institutions/export?separator=comma"]) {
      const { text, headers } = await admin.get(address);
      expect(headers.get("content-type")).toBe("text/csv; charset=utf-8");
      expect(headers.get("content-disposition")).toBe('attachment; filename="list-2026-11-22.csv"');
      expect(text).toContain("'+381 11 222");
      const trial = await trialOf(text);
      expect(trial.text).toContain("There is nothing to apply");
      expect(trial.text).toContain("Lines that change nothing: 4");
    }
    expect(await count("audit_entry where action = 'directory.exported'")).toBe(before + 2);
    const [last] = await test.database.raw(
      "select detail from audit_entry where action = 'directory.exported' limit 1",
    );
    expect(Object.keys(JSON.parse(String(last?.detail)))).toEqual(["institutions"]);
  });

  it("has an example with headings alone, which is said to have no lines", async () => {
    const { text } = await admin.get(`${IMPORT}/example`);
    expect(text.split("\r\n")).toHaveLength(2);
    expect((await sendFile(admin, text)).text).toContain("The file has headings and no lines.");
  });
});
