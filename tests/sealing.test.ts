import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openByPassword } from "#accounts/person-key.ts";
import type { EntryKind } from "#casework/case.ts";
import { openEntry } from "#casework/seal-entry.ts";
import { keyPairFrom, openText } from "#platform/crypto/seal.ts";
import { stretch } from "#platform/crypto/stretch.ts";
import { COLLEAGUE, OPERATOR, openTestApp, PASSWORD, RECOVERY_KEYS, STRANGER, type TestApp } from "./support/app.ts";
import { newVisitor } from "./support/browser.ts";
import { fillReport, numbersOn, sendShortReport, signInAs, track, unpaced } from "./support/journey.ts";

/** A word that nobody writes by chance, for every place into which a person can write. */
const marker = (place: string) => `Zvrk${place}Qx7`;
const PLACES = [
  "Story", "Name", "Contact", "School", "When", "HarmedName", "Relation", "PerpetratorName", "Withhold", "Reaction",
  "Online", "Message", "Answer", "Note", "Assessment", "Draft", "Refused", "Second", "Password", "Guess",
] as const; // biome-ignore format: a list of words
const NOTICE = `${marker("Notice").toLowerCase()}@mailbox.test`;
const MARKERS = [...PLACES.map(marker), marker("Notice")];

type Row = Record<string, unknown>;
let test: TestApp;
let code: string;
let secondCode: string;
/** What the cookies of everybody who wrote something held at the end. */
let held: string[];

beforeAll(async () => {
  const letters = { send: async () => undefined, close: () => undefined };
  test = await openTestApp(unpaced({ mail: letters }));
  await test.database.raw("update desk set fallback_id = 'desk-fallback' where id = 'desk-triage'");
  await openFallback();
  await useEverything();
});
afterAll(() => test.close());

/** A desk that stands in for the triage desk, with its own key, held by the stranger of the other desk alone. */
async function openFallback(): Promise<void> {
  const { prepareDeskKey, storeDeskKey } = await import("#accounts/index.ts");
  const { insertDesk } = await import("#institutions/index.ts");
  const { person } = await import("#accounts/schema.ts");
  const { eq } = await import("drizzle-orm");
  const [stranger] = await test.platform.db.read((reader) =>
    reader.select().from(person).where(eq(person.email, STRANGER)),
  );
  if (!stranger) throw new Error("no stranger");
  const key = await prepareDeskKey(test.platform, "desk-fallback", stranger, undefined);
  const name = { sr: "Замена", en: "Fallback" };
  await test.platform.db.write(async (tx) => {
    await insertDesk(tx, { id: "desk-fallback", institutionId: "inst-other", kind: "contact", name, fallbackId: null });
    await storeDeskKey(tx, key, 0);
  });
}

/** Everything a person can write is written once, with a word of its own. */
async function useEverything(): Promise<void> {
  const reporter = newVisitor(test);
  ({ code } = await fillReport(reporter, {
    "3": { identity: "confidential" },
    "3/contact": { reporter_name: marker("Name"), reporter_contact: marker("Contact"), notice: NOTICE },
    "4": { forms: ["physical", "digital"], story: marker("Story"), truthful: "yes" },
    "5": { environment: "education", territory: "rs-zemun" },
    "5/online": { online_address: marker("Online") },
    "5/school": { institution_name: marker("School") },
    "6": { when: marker("When") },
    "7": { harmed_name: marker("HarmedName") },
    "8": {
      relation: marker("Relation"),
      perpetrator_name: marker("PerpetratorName"),
      withhold: ["teacher"],
      withhold_words: marker("Withhold"),
    },
    "9": { reaction: marker("Reaction") },
    "2": { role: "teacher" },
  }));
  const operator = newVisitor(test);
  const [number] = numbersOn(await signInAs(operator));
  const path = `/staff/cases/${number}`;
  await operator.get(path);
  await operator.post(`${path}/notes`, { note: marker("Note") });
  await operator.post(`${path}/messages`, { message: marker("Answer") });
  await operator.post(`${path}/assessment`, { assessment: marker("Assessment"), based: "" });
  await operator.post(`${path}/notes`, { note: `${marker("Refused")}${"x".repeat(10_000)}` });
  await newVisitor(test).post("/staff/session", {
    email: `${marker("Guess")}@mailbox.test`,
    password: marker("Password"),
  });
  await track(reporter, code);
  await reporter.post("/en/track/messages", { words: marker("Message") });
  const unsent = newVisitor(test);
  const { path: first } = await unsent.post("/en/report", {});
  await unsent.post(first.replace(/1$/, "6"), { when: marker("Draft") });
  held = [reporter, operator, unsent].flatMap(({ cookies }) =>
    [..."sktr"].flatMap((name) => cookies.get(name)?.split(".") ?? []),
  );
  ({ code: secondCode } = await sendShortReport(newVisitor(test), {
    "4": { forms: ["social"], story: marker("Second"), truthful: "yes" },
  }));
}

/** Everything a thief of the disk has: on SQLite the files as they lie there, on PostgreSQL every column of every table. */
async function wholeStore(): Promise<Buffer> {
  if (test.platform.db.engine === "sqlite") {
    const folder = dirname(test.database.place.file);
    return Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))));
  }
  const tables = await test.database.raw(
    "select table_name from information_schema.tables where table_schema = 'public'",
  );
  const parts: Buffer[] = [];
  for (const { table_name } of tables) {
    for (const row of await test.database.raw(`select * from "${table_name}"`)) {
      for (const value of Object.values(row))
        parts.push(Buffer.isBuffer(value) ? value : Buffer.from(JSON.stringify(value)));
    }
  }
  return Buffer.concat(parts);
}

/** The markers found in bytes: as they are, in small letters, as UTF-16, in hexadecimal and in base 64. */
function markersIn(store: Buffer): string[] {
  const lower = Buffer.from(store.toString("latin1").toLowerCase(), "latin1");
  return MARKERS.filter((word) => {
    const bytes = Buffer.from(word);
    const shifted = [0, 1, 2].map((pad) =>
      Buffer.concat([Buffer.alloc(pad), bytes])
        .toString("base64")
        .slice(pad ? 4 : 0, -4),
    );
    return (
      lower.includes(word.toLowerCase()) ||
      store.includes(Buffer.from(word, "utf16le")) ||
      lower.includes(bytes.toString("hex")) ||
      shifted.some((form) => store.includes(form))
    );
  });
}

describe("a stolen disk", () => {
  it("tells none of the words that anybody wrote", async () => {
    expect(markersIn(await wholeStore())).toEqual([]);
  });

  it("holds neither a code nor a key, a password or a session's secret", async () => {
    const store = (await wholeStore()).toString("latin1");
    for (const secret of [code, secondCode, PASSWORD, test.platform.secrets.notice.identity, RECOVERY_KEYS.identity])
      expect(store).not.toContain(secret);
    expect(store).not.toContain("AGE-SECRET-KEY-1");
    // Two for who is signed in, two for an open report, and the draft's key of each who wrote one.
    expect(held).toHaveLength(6);
    for (const secret of held) {
      expect(store).not.toContain(secret);
      expect(store).not.toContain(Buffer.from(secret, "base64url").toString("latin1"));
    }
  });

  it("and a word written in clear into any table would be found", async () => {
    await test.database.raw(
      `insert into job (id, kind, payload, run_at, attempts, claimed_until) values ('x', 'x', '{"to":"${marker("Note")}"}', 9e15, 0, 0)`,
    );
    expect(markersIn(await wholeStore())).toEqual([marker("Note")]);
    await test.database.raw("delete from job where id = 'x'");
  });

  it("and a session's secret that lay in it would be found", async () => {
    for (const secret of held) {
      await test.database.raw(
        `insert into job (id, kind, payload, run_at, attempts, claimed_until) values ('y', 'y', '{"held":"${secret}"}', 9e15, 0, 0)`,
      );
      expect((await wholeStore()).toString("latin1")).toContain(secret);
      await test.database.raw("delete from job where id = 'y'");
    }
  });

  it("and so would a word in another dress", () => {
    const word = marker("Story");
    for (const dress of [
      word.toUpperCase(),
      Buffer.from(word).toString("hex"),
      Buffer.from(`ab${word}`).toString("base64"),
    ]) {
      expect(markersIn(Buffer.from(`… ${dress} …`)), dress).toEqual([word]);
    }
    expect(markersIn(Buffer.from(word, "utf16le"))).toEqual([word]);
  });
});

interface Entry {
  readonly id: string;
  readonly caseId: string;
  readonly compartmentId: string;
  readonly kind: EntryKind;
  readonly sealed: Buffer;
}

const entries = async () =>
  (
    await test.database.raw("select id, case_id, compartment_id, kind, sealed from entry order by case_id, position")
  ).map(
    (row): Entry => ({
      id: String(row.id),
      caseId: String(row.case_id),
      compartmentId: String(row.compartment_id),
      kind: String(row.kind) as EntryKind,
      sealed: row.sealed as Buffer,
    }),
  );

const opens = (identity: string, entry: Entry, label: Partial<Record<"caseId" | "entryId" | "kind", string>> = {}) =>
  openEntry(
    identity,
    { caseId: entry.caseId, entryId: entry.id, kind: entry.kind, ...(label as object) },
    entry.sealed,
  ).then(
    () => true,
    () => false,
  );

async function codeIdentity(digits: string): Promise<string> {
  const { secrets, lanes } = test.platform;
  const stretched = await stretch(secrets, lanes.guessable, { secret: digits, salt: secrets.codeSalt, length: 64 });
  return (await keyPairFrom(stretched.subarray(32))).identity;
}

async function personIdentity(email: string): Promise<string> {
  const [row = {}] = await test.database.raw(
    `select id, password_salt, sealed_by_password from person where email = '${email}'`,
  );
  const person = {
    id: String(row.id),
    passwordSalt: row.password_salt as Buffer,
    sealedByPassword: row.sealed_by_password as Buffer,
  };
  return openByPassword(test.platform, person, PASSWORD);
}

/** Each key that exists in the system, by who holds it. */
async function everyKey(): Promise<Map<string, string>> {
  const keys = new Map([
    ["the code", await codeIdentity(code)],
    ["the second report's code", await codeIdentity(secondCode)],
    ["a wrong code", await codeIdentity("1234123412341234")],
    ["the notice identity", test.platform.secrets.notice.identity],
    ["the recovery identity", RECOVERY_KEYS.identity],
  ]);
  for (const email of [OPERATOR, COLLEAGUE, STRANGER]) keys.set(email, await personIdentity(email));
  return keys;
}

/** Every identity that a key leads to by any row of the store, itself included: what its holder can ever have. */
async function reachOf(key: string): Promise<string[]> {
  const rows = [
    ...(await test.database.raw("select sealed from desk_key_holder")),
    ...(await test.database.raw("select sealed from holder")),
  ].map(({ sealed }: Row) => sealed as Buffer);
  const reached = [key];
  for (const identity of reached) {
    for (const sealed of rows) {
      const inner = await openText(identity, sealed).catch(() => undefined);
      if (inner && !reached.includes(inner)) reached.push(inner);
    }
  }
  return reached;
}

describe("every holder's key, tried on every entry", () => {
  const DESK_ONLY = ["note", "assessment", "reporter-name", "withhold"];
  const SHARED = ["message-from-reporter", "message-to-reporter", "report"];

  /** The kinds of entry of each report that a key's holder can open. */
  async function opened(key: string): Promise<{ first: string[]; second: string[] }> {
    const all = await entries();
    const [first] = await test.database.raw("select id from case_file where identity_mode = 'confidential'");
    const found = { first: new Set<string>(), second: new Set<string>() };
    const reach = await reachOf(key);
    for (const entry of all) {
      for (const identity of reach) {
        if (await opens(identity, entry)) found[entry.caseId === first?.id ? "first" : "second"].add(entry.kind);
      }
    }
    return { first: [...found.first].sort(), second: [...found.second].sort() };
  }

  it("opens exactly what SECURITY.md says", async () => {
    const everything = [...DESK_ONLY, ...SHARED].sort();
    const desk = { first: everything, second: ["report"] };
    const nothing = { first: [], second: [] };
    const told: Record<string, unknown> = {};
    for (const [holder, key] of await everyKey()) told[holder] = await opened(key);
    expect(told).toEqual({
      [OPERATOR]: desk,
      [COLLEAGUE]: desk,
      // Holds the key of the desk that stands in for the triage desk.
      [STRANGER]: desk,
      "the code": { first: [...SHARED].sort(), second: [] },
      "the second report's code": { first: [], second: ["report"] },
      "a wrong code": nothing,
      "the notice identity": nothing,
      "the recovery identity": desk,
    });
  });

  it("a person of a desk without a part in it opens nothing", async () => {
    await test.database.raw(
      "delete from desk_key_holder where desk_key_id in (select id from desk_key where desk_id = 'desk-fallback')",
    );
    expect(await opened(await personIdentity(STRANGER))).toEqual({ first: [], second: [] });
  });

  it("an entry moved to another report, entry or kind does not open", async () => {
    const reach = await reachOf(await personIdentity(OPERATOR));
    const [entry] = (await entries()).filter(({ kind }) => kind === "message-from-reporter");
    if (!entry) throw new Error("no message");
    const tries = async (label: object) => {
      for (const identity of reach) if (await opens(identity, entry, label)) return true;
      return false;
    };
    expect(await tries({})).toBe(true);
    expect(await tries({ caseId: "another" })).toBe(false);
    expect(await tries({ entryId: "another" })).toBe(false);
    expect(await tries({ kind: "message-to-reporter" })).toBe(false);
  });

  it("a note put in the place of a message is not shown to the reporter", async () => {
    const [note] = (await entries()).filter(({ kind }) => kind === "note");
    await test.database.raw(`update entry set kind = 'message-to-reporter' where id = '${note?.id}'`);
    const reporter = newVisitor(test);
    const seen = await track(reporter, code);
    expect(seen.text).not.toContain(marker("Note"));
    expect(seen.text).toContain(marker("Message"));
    await test.database.raw(`update entry set kind = 'note' where id = '${note?.id}'`);
  });
});

describe.skipIf(spawnSync("age", ["--version"]).error !== undefined)("Debian's age program", () => {
  it("opens an exported entry with the right key and with no other", async () => {
    const folder = mkdtempSync(join(tmpdir(), "cuvam-te-age-"));
    const decrypt = (name: string, key: string, sealed: Buffer) => {
      writeFileSync(join(folder, name), sealed);
      writeFileSync(join(folder, "key"), key, { mode: 0o600 });
      const args = ["--decrypt", "-i", join(folder, "key"), join(folder, name)];
      return execFileSync("age", args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    };
    const keys = await everyKey();
    const [report] = (await entries()).filter(({ kind }) => kind === "report");
    const [held] = await test.database.raw(
      `select sealed from holder where kind = 'code' and compartment_id = '${report?.compartmentId}'`,
    );
    if (!report || !held) throw new Error("no report");
    const mine = (await openText(keys.get("the code") ?? "", held.sealed as Buffer).catch(() => undefined))
      ? "the code"
      : "the second report's code";
    const identity = decrypt("compartment.age", keys.get(mine) ?? "", held.sealed as Buffer);
    expect(identity).toMatch(/^AGE-SECRET-KEY-1[A-Z0-9]{58}$/);
    expect(decrypt("entry.age", identity, report.sealed)).toContain(
      mine === "the code" ? marker("Story") : marker("Second"),
    );
    for (const [holder, key] of keys) {
      expect(() => decrypt("entry.age", key, report.sealed), holder).toThrow();
      if (holder !== mine) expect(() => decrypt("compartment.age", key, held.sealed as Buffer), holder).toThrow();
    }
    rmSync(folder, { recursive: true });
  });
});
