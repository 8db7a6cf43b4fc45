import { randomBytes } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { markedRecipient } from "#accounts/recovery-recipient.ts";
import { auditEntry } from "#audit/schema.ts";
import { loadCountry } from "#country/index.ts";
import { updateSetting } from "#institutions/setting-store.ts";
import { newKeyPair, open } from "#platform/crypto/seal.ts";
import { openSecretsCopy } from "#platform/crypto/secrets-copy.ts";
import { secretsMark } from "#platform/crypto/secrets-mark.ts";
import { isPostgres } from "#platform/db/columns.ts";
import type { Platform } from "#platform/platform.ts";
import { backupCommandFrom } from "../src/back-up.ts";
import { backupRoutines } from "../src/back-up-routine.ts";
import { loadConfig } from "../src/config.ts";
import { restoreCommandFrom } from "../src/restore.ts";
import { openExisting, openPlatform, startService } from "../src/serve.ts";
import { newPlaces, type Place } from "./backup/places.ts";
import { COLLEAGUE, OPERATOR, openTestApp, RECOVERY_KEYS, type TestApp } from "./support/app.ts";
import { newVisitor } from "./support/browser.ts";
import { numbersOn, sendShortReport, signInAs, track, unpaced } from "./support/journey.ts";
import { type Ended, manageInTurn } from "./support/manage-in-turn.ts";

const places = newPlaces();
const file = join(places.path, "copies", "copy.age");
const SERBIA = loadCountry("RS");
const { keys: KEYS, placeIn } = places;

let here: Place;
let platform: Platform;
let service: TestApp;
let codes: string[];
let saidAtBackup: readonly Ended[];

const serviceOver = ({ db, secrets }: Platform, withDesk: boolean) =>
  openTestApp({ ...unpaced({ db, secrets }), withDesk, recoveryRecipient: RECOVERY_KEYS.recipient });

beforeAll(async () => {
  mkdirSync(join(places.path, "copies"));
  here = await placeIn("first");
  platform = await openPlatform(loadConfig(here));
  service = await serviceOver(platform, true);
  codes = [(await sendShortReport(newVisitor(service))).code, (await sendShortReport(newVisitor(service))).code];
  const operator = newVisitor(service);
  for (const number of numbersOn(await signInAs(operator)))
    await operator.post(`/staff/cases/${number}/messages`, { message: `answer on ${number}` });
  // The service is running: its database is open, and it goes on taking reports.
  saidAtBackup = await manageInTurn([
    { command: ["backup", file], environment: here },
    { command: ["backup", file], environment: { ...here, ...KEYS } },
    { command: ["backup", file], environment: { ...here, ...KEYS } },
    { command: ["backup", join(places.path, "nowhere", "copy.age")], environment: { ...here, ...KEYS } },
    { command: ["backup"], environment: { ...here, ...KEYS } },
  ]);
}, 120_000);
afterAll(async () => {
  await service.close();
  await platform.db.close();
  await places.remove();
});

describe("manage backup", () => {
  it("refuses without a recipient, where a file is and where none can be, and says so", () => {
    const [nobody, , taken, nowhere, none] = saidAtBackup;
    expect(nobody).toEqual({ status: 1, said: expect.stringContaining("RECOVERY_RECIPIENT is not set") });
    expect(taken).toEqual({ status: 1, said: expect.stringContaining(`${file} is there already`) });
    expect(nowhere).toEqual({ status: 1, said: expect.stringContaining("cannot be written (ENOENT)") });
    expect(none).toEqual({ status: 2, said: expect.stringContaining("backup FILE [--verify] | restore FILE") });
  });

  it("writes two parts while the service runs, and says how long each may be kept and what else a restore needs", () => {
    const { status, said } = saidAtBackup[1] ?? { status: -1, said: "" };
    expect(status).toBe(0);
    expect(said).toMatch(/copy\.age: \d+ rows, 0 files\. It may be kept for years/);
    expect(said).toMatch(/copy\.age\.holders: \d+ rows that open reports\. Delete it within seven days/);
    expect(said).toContain("the recovery identity, on paper, and the secrets");
    expect(said).toContain(`${here.SECRETS_FILE}, or its copy ${here.SECRETS_FILE}.age`);
    expect(said).toContain(`The mark of the secrets: ${secretsMark(platform.secrets)}.`);
    expect(readdirSync(join(places.path, "copies")).sort()).toEqual(["copy.age", "copy.age.holders"]);
  });

  it("holds no secret of the service", async () => {
    const secrets = Object.values(JSON.parse(readFileSync(here.SECRETS_FILE ?? "", "utf8")) as object).filter(
      (value): value is string => typeof value === "string",
    );
    expect(secrets).toHaveLength(3);
    for (const part of [file, `${file}.holders`]) {
      const text = gunzipSync(await open(RECOVERY_KEYS.identity, readFileSync(part))).toString();
      for (const secret of secrets) expect(text).not.toContain(secret);
    }
  });

  it("takes one file and one flag, and never an identity, which the list of processes would show", () => {
    expect(backupCommandFrom(["/a"])).toEqual({ file: "/a", verify: false });
    expect(backupCommandFrom(["--verify", "/a"])).toEqual(backupCommandFrom(["/a", "--verify"]));
    for (const given of [[], ["--verify"], ["--other", "/a"], ["/a", RECOVERY_KEYS.identity]])
      expect(backupCommandFrom(given)).toBeUndefined();
    expect(restoreCommandFrom(["/a"])).toEqual({ file: "/a", mark: undefined, partsDiffer: false });
    expect(restoreCommandFrom(["--parts-differ", "/a"])?.partsDiffer).toBe(true);
    expect(restoreCommandFrom(["/a", "--mark", "X"])).toEqual(restoreCommandFrom(["--mark=X", "/a"]));
    for (const given of [[], ["--verify"], ["/a", "/b"], ["/a", "--mark"], ["--mark", "/a"]])
      expect(restoreCommandFrom(given)).toBeUndefined();
  });
});

describe("manage backup --verify", () => {
  it("reads all of it, says what it checked and what not, and changes nothing", async () => {
    const other = join(places.path, "other-identity");
    writeFileSync(other, (await newKeyPair()).identity);
    const cut = join(places.path, "cut.age");
    writeFileSync(cut, readFileSync(file).subarray(0, -100));
    const elsewhere = { DATA_DIR: join(places.path, "none"), SECRETS_FILE: join(places.path, "none.json") };
    const at = here.DATABASE_URL ? { ...elsewhere, DATABASE_URL: here.DATABASE_URL } : elsewhere;
    const [fine, lonely, wrong, broken, missing, unread] = await manageInTurn([
      { command: ["backup", "--verify", file], environment: { ...here, ...KEYS } },
      { command: ["backup", "--verify", `${file}.holders`], environment: { ...at, ...KEYS } },
      { command: ["backup", "--verify", file], environment: { ...at, RECOVERY_IDENTITY_FILE: other } },
      { command: ["backup", "--verify", cut], environment: { ...at, ...KEYS } },
      { command: ["backup", "--verify", `${file}.no`], environment: { ...at, ...KEYS } },
      { command: ["backup", "--verify", file], environment: { ...at, RECOVERY_IDENTITY_FILE: cut } },
    ]);
    expect(fine?.status).toBe(0);
    for (const part of ["contents", "holders"]) expect(fine?.said).toContain(`is whole: ${part}, made 2026-`);
    expect(fine?.said).toContain(`The mark of the secrets: ${secretsMark(platform.secrets)}.`);
    expect(lonely?.said).not.toContain("The mark of the secrets");
    expect(fine?.said).toContain("every row fits the schema of this version");
    expect(fine?.said).toContain("is the secrets file of the service that made it");
    expect(lonely).toEqual({ status: 1, said: expect.stringContaining("NOT checked: whether this service made it") });
    expect(lonely?.said).toContain("is whole: holders");
    expect(wrong).toEqual({ status: 1, said: expect.stringContaining("This recovery identity does not open") });
    expect(broken).toEqual({ status: 1, said: expect.stringContaining("cut.age is damaged or was cut off") });
    expect(missing).toEqual({ status: 1, said: expect.stringContaining("There is no file") });
    expect(unread).toEqual({ status: 1, said: expect.stringContaining("Give the recovery identity") });
    expect(existsSync(elsewhere.DATA_DIR)).toBe(false);
  }, 60_000);
});

describe("manage restore", () => {
  it("brings everything back in another folder by the copy of the secrets: every code and every entry opens", async () => {
    const there = await placeIn("second");
    copyFileSync(`${here.SECRETS_FILE}.age`, `${there.SECRETS_FILE}.age`);
    const mark = ["--mark", secretsMark(platform.secrets)];
    const turn = { command: ["restore", file, ...mark], environment: there };
    const [restored] = await manageInTurn([turn], `the identity: ${RECOVERY_KEYS.identity}\n`);
    expect(restored).toEqual({ status: 0, said: expect.stringContaining("the audit chain holds") });
    expect(restored?.said).toMatch(/rows that open reports; 0 left out/);
    expect(restored?.said).toContain("who was removed since is in again");
    expect(readFileSync(there.SECRETS_FILE ?? "", "utf8")).toBe(readFileSync(here.SECRETS_FILE ?? "", "utf8"));
    const unsecret = { ...there, ...KEYS, SECRETS_FILE: join(places.path, "places", "unsecret.json") };
    copyFileSync(`${here.SECRETS_FILE}.age`, `${unsecret.SECRETS_FILE}.age`);
    const again = await manageInTurn([{ command: ["restore", file, ...mark], environment: unsecret }]);
    expect(again).toEqual([{ status: 1, said: expect.stringMatching(/is not empty.*\n.*Nothing was written/) }]);
    expect(existsSync(unsecret.SECRETS_FILE)).toBe(false);

    const second = await openExisting(loadConfig(there));
    if (typeof second === "string") throw new Error(second);
    const app = await serviceOver(second, false);
    for (const code of codes) expect((await track(newVisitor(app), code)).text).toContain("answer on");
    for (const email of [OPERATOR, COLLEAGUE]) {
      const member = newVisitor(app);
      const numbers = numbersOn(await signInAs(member, email));
      expect(numbers).toHaveLength(2);
      for (const number of numbers) {
        const { text } = await member.get(`/staff/cases/${number}`);
        expect(text).toContain("they push me in the corridor");
        expect(text).toContain(`answer on ${number}`);
      }
    }
    await app.close();
    await second.db.close();
  }, 120_000);

  it("makes nothing where it refuses: without secrets, with others, another identity, a broken file", async () => {
    const names = ["no-secrets", "others", "identity", "broken", "copy", "holders"] as const;
    const there = await Promise.all(names.map((name) => placeIn(name)));
    const [none, others, identity, broken, copy, holders] = there as [Place, Place, Place, Place, Place, Place];
    for (const { SECRETS_FILE = "" } of [identity, broken, holders])
      copyFileSync(here.SECRETS_FILE ?? "", SECRETS_FILE);
    copyFileSync(`${here.SECRETS_FILE}.age`, `${copy.SECRETS_FILE}.age`);
    const drawn = () => randomBytes(32).toString("base64");
    const content = { version: 1, pepper: drawn(), codeSalt: drawn(), noticeSecret: drawn() };
    writeFileSync(others.SECRETS_FILE ?? "", JSON.stringify(content));
    const wrong = join(places.path, "wrong-identity");
    writeFileSync(wrong, (await newKeyPair()).identity);
    const changed = join(places.path, "changed.age");
    const bytes = readFileSync(file);
    bytes[bytes.length - 40] = (bytes.at(-40) ?? 0) ^ 1;
    writeFileSync(changed, bytes);
    const before = there.map(({ SECRETS_FILE = "" }) => readdirSync(join(SECRETS_FILE, "..")));
    const ended = await manageInTurn([
      { command: ["restore", file], environment: { ...none, ...KEYS } },
      { command: ["restore", file], environment: { ...others, ...KEYS } },
      { command: ["restore", file], environment: { ...identity, RECOVERY_IDENTITY_FILE: wrong } },
      { command: ["restore", changed], environment: { ...broken, ...KEYS } },
      { command: ["restore", file], environment: { ...copy, RECOVERY_IDENTITY_FILE: wrong } },
      { command: ["restore", `${file}.holders`], environment: { ...holders, ...KEYS } },
    ]);
    expect(ended.map(({ status }) => status)).toEqual([1, 1, 1, 1, 1, 1]);
    const sentences = [
      "There is neither",
      "is not the secrets file",
      "does not open",
      "is damaged",
      "does not open",
      "Restore the contents first",
    ];
    for (const [at, { said }] of ended.entries()) {
      expect(said).toContain(sentences[at]);
      expect(said).toContain("Nothing was written.");
    }
    expect(there.map(({ SECRETS_FILE = "" }) => readdirSync(join(SECRETS_FILE, "..")))).toEqual(before);
  }, 120_000);

  it("says plainly that nothing opens until the other part is restored too, and then restores it", async () => {
    const there = await placeIn("alone");
    copyFileSync(here.SECRETS_FILE ?? "", there.SECRETS_FILE ?? "");
    const alone = join(places.path, "alone.age");
    copyFileSync(file, alone);
    const [contents, holders] = await manageInTurn([
      { command: ["restore", alone], environment: { ...there, ...KEYS } },
      { command: ["restore", `${file}.holders`], environment: { ...there, ...KEYS } },
    ]);
    expect(contents).toEqual({ status: 0, said: expect.stringContaining("No report opens yet, neither for its desk") });
    expect(contents?.said).toContain(`${alone}.holders`);
    expect(holders).toEqual({ status: 0, said: expect.stringContaining("rows that open reports; 0 left out") });
  }, 60_000);

  it.runIf(isPostgres)(
    "brings a backup of one engine back on the other, both ways, the same in every row",
    async () => {
      const sqlite = await placeIn("sqlite", false);
      const back = await placeIn("back");
      for (const { SECRETS_FILE = "" } of [sqlite, back]) copyFileSync(here.SECRETS_FILE ?? "", SECRETS_FILE);
      const again = join(places.path, "again.age");
      const there = await manageInTurn([
        { command: ["restore", file], environment: { ...sqlite, ...KEYS } },
        { command: ["backup", again], environment: { ...sqlite, ...KEYS } },
      ]);
      expect(there.map(({ status }) => status)).toEqual([0, 0]);
      const [home] = await manageInTurn([{ command: ["restore", again], environment: { ...back, ...KEYS } }]);
      expect(home).toEqual({ status: 0, said: expect.stringContaining("the audit chain holds") });
      for (const part of ["", ".holders"]) {
        const [first, second] = [await rowsIn(`${file}${part}`), await rowsIn(`${again}${part}`)];
        expect(first.length).toBeGreaterThan(4);
        expect(second).toEqual(first);
      }
    },
    120_000,
  );
});

/** The rows of a part, but for the audit of the restore itself. */
async function rowsIn(part: string): Promise<unknown[]> {
  const text = gunzipSync(await open(RECOVERY_KEYS.identity, readFileSync(part))).toString();
  const rows = text.split("\n").filter((line) => line.startsWith("[") && !line.startsWith('["audit_pending"'));
  return rows
    .filter((line) => !line.includes("backup."))
    .sort()
    .map((line) => JSON.parse(line));
}

describe("a service with BACKUP_DIR", () => {
  it("makes a backup by itself, and the copy of its secrets", async () => {
    const backups = join(places.path, "nightly");
    mkdirSync(backups);
    const config = loadConfig({ ...(await placeIn("third")), ...KEYS, BACKUP_DIR: backups, PORT: "0" });
    const started = await startService(config, { demo: false });
    while (readdirSync(backups).filter((name) => /^\d{4}-\d\d-\d\d\.age(\.holders)?$/.test(name)).length < 2)
      await new Promise((resolve) => setTimeout(resolve, 50));
    await started.stop();
    expect(existsSync(`${config.secretsFile}.age`)).toBe(true);
    expect(readdirSync(backups).filter((name) => name.startsWith("."))).toEqual([]);
  }, 60_000);

  it("makes none that nobody could open, and the first once the recovery key is made on the page", async () => {
    const backups = join(places.path, "later");
    mkdirSync(backups);
    const config = loadConfig({ ...(await placeIn("fourth")), BACKUP_DIR: backups });
    const later = await openPlatform(config);
    const [{ run } = { run: () => Promise.reject(new Error("no routine")) }] = backupRoutines(later, SERBIA, config);
    await run();
    expect(readdirSync(backups)).toEqual([]);
    const { recipient, identity } = await newKeyPair();
    const value = markedRecipient(later.secrets, recipient);
    await later.db.write((tx) => updateSetting(tx, "recovery", value));
    await run();
    const [contents = ""] = readdirSync(backups).sort();
    expect(contents).toMatch(/^\d{4}-\d\d-\d\d\.age$/);
    expect((await open(identity, readFileSync(join(backups, contents)))).length).toBeGreaterThan(0);
    expect((await openSecretsCopy(config.secretsFile, identity))?.length).toBeGreaterThan(0);
    await later.db.close();
  }, 60_000);

  it("deletes what is over also where nobody keeps a recovery key any more", async () => {
    const backups = join(places.path, "taken-away");
    mkdirSync(backups);
    for (const name of ["2026-01-01.age", "2026-01-01.age.holders"]) writeFileSync(join(backups, name), "old");
    const config = loadConfig({ ...(await placeIn("fifth")), BACKUP_DIR: backups });
    const without = await openPlatform(config);
    for (const { run } of backupRoutines(without, SERBIA, config)) await run();
    expect(readdirSync(backups)).toEqual(["2026-01-01.age"]);
    await without.db.close();
  }, 60_000);

  it("records once that a backup of a day to come lies there, and makes its own all the same", async () => {
    const backups = join(places.path, "wrong-clock");
    mkdirSync(backups);
    writeFileSync(join(backups, "2999-01-01.age"), "of a wrong clock");
    const config = loadConfig({ ...(await placeIn("sixth")), ...KEYS, BACKUP_DIR: backups });
    const ahead = await openPlatform(config);
    for (const { run } of backupRoutines(ahead, SERBIA, config)) for (const _ of ["at first", "again"]) await run();
    expect(readdirSync(backups)).toHaveLength(3);
    const recorded = await ahead.db.read((reader) => reader.select().from(auditEntry));
    expect(recorded.map(({ action }) => action).sort()).toEqual(["backup.dayToCome", "backup.made"]);
    await ahead.db.close();
  }, 60_000);

  it("does not start where the secrets would lie beside it", () => {
    const beside = { ...KEYS, BACKUP_DIR: "/backups", SECRETS_FILE: "/backups/secrets.json" };
    expect(() => loadConfig(beside)).toThrow("SECRETS_FILE lies inside BACKUP_DIR");
    expect(loadConfig({ ...KEYS, BACKUP_DIR: "/backups" })).toMatchObject({ backupDir: "/backups", backupKeep: 30 });
    for (const BACKUP_KEEP of ["0", "x", "1.5"]) expect(() => loadConfig({ BACKUP_KEEP })).toThrow("BACKUP_KEEP");
  });
});
