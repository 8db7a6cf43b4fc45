import { copyFileSync, existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { secretsMark } from "#platform/crypto/secrets-mark.ts";
import type { Platform } from "#platform/platform.ts";
import { loadConfig } from "../src/config.ts";
import { openPlatform } from "../src/serve.ts";
import { newPlaces, type Place } from "./backup/places.ts";
import { reseal, withEnding } from "./backup/resealed.ts";
import { openTestApp, RECOVERY_KEYS, type TestApp } from "./support/app.ts";
import { newVisitor } from "./support/browser.ts";
import { sendShortReport, unpaced } from "./support/journey.ts";
import { type Ended, manageInTurn } from "./support/manage-in-turn.ts";

const places = newPlaces();
const { keys: KEYS, placeIn } = places;
const file = join(places.path, "copy.age");

let here: Place;
let platform: Platform;
let service: TestApp;

beforeAll(async () => {
  here = await placeIn("first");
  platform = await openPlatform(loadConfig(here));
  const { db, secrets } = platform;
  service = await openTestApp({ ...unpaced({ db, secrets }), recoveryRecipient: RECOVERY_KEYS.recipient });
  await sendShortReport(newVisitor(service));
  const [made] = await manageInTurn([{ command: ["backup", file], environment: { ...here, ...KEYS } }]);
  expect(made?.status).toBe(0);
}, 60_000);
afterAll(async () => {
  await service.close();
  await platform.db.close();
  await places.remove();
});

/** Restores by the command, with the recovery identity that was written on paper. */
async function restore(there: Place, ...command: string[]): Promise<Ended> {
  const [ended] = await manageInTurn([{ command: ["restore", ...command], environment: { ...there, ...KEYS } }]);
  return ended ?? { status: -1, said: "" };
}

/** What lies beside the secrets of a service, which are or are not there. */
const namesAt = ({ SECRETS_FILE = "" }: Place) => readdirSync(dirname(SECRETS_FILE)).sort();

/** The folder of a store, where it is one in a file. */
const storeOf = ({ DATABASE_URL }: Place) => (DATABASE_URL ? [] : ["store"]);

/** A place with the secrets file of the service, or with the copy that the recovery identity opens. */
async function placeWith(name: string, secrets: "file" | "copy"): Promise<Place> {
  const there = await placeIn(name);
  const ending = secrets === "copy" ? ".age" : "";
  copyFileSync(`${here.SECRETS_FILE}${ending}`, `${there.SECRETS_FILE}${ending}`);
  return there;
}

/** Its first row of a table twice, under an ending and a mark that fit: only the store itself refuses it. */
const rowTwice = (table: string) => (lines: string[]) => {
  const at = lines.findIndex((line) => line.startsWith(`["${table}"`));
  return withEnding(lines.toSpliced(at, 0, lines[at] ?? ""), platform.secrets);
};

describe("the sealed copy of the secrets, which anybody could have made", () => {
  it("restores nothing of a forger's, neither without a mark nor with the one on the service's own paper", async () => {
    const forger = await placeIn("forger");
    const theirs = await openPlatform(loadConfig(forger));
    await theirs.db.close();
    const forged = join(places.path, "forged.age");
    const [made] = await manageInTurn([{ command: ["backup", forged], environment: { ...forger, ...KEYS } }]);
    expect(made?.status).toBe(0);
    const there = await placeIn("fooled");
    copyFileSync(`${forger.SECRETS_FILE}.age`, `${there.SECRETS_FILE}.age`);
    const bare = await restore(there, forged);
    expect(bare).toEqual({ status: 1, said: expect.stringContaining("that stands on the paper of the recovery key") });
    // Whoever is shown a mark types that one.
    expect(bare.said).not.toMatch(/([0-9A-Z]{4}-){3}[0-9A-Z]{4}/);
    const own = await restore(there, forged, "--mark", secretsMark(platform.secrets));
    expect(own).toEqual({ status: 1, said: expect.stringContaining("not that of") });
    for (const { said } of [bare, own]) expect(said).toContain("Nothing was written.");
    expect(namesAt(there)).toEqual(["secrets.json.age"]);
  }, 60_000);

  it("restores with the mark on paper, however it is written, and the file itself asks for none", async () => {
    const copied = await placeWith("marked", "copy");
    const written = secretsMark(platform.secrets).toLowerCase().replaceAll("-", " ");
    expect(await restore(copied, file, "--mark", written)).toMatchObject({ status: 0 });
    expect(namesAt(copied)).toEqual(["secrets.json", "secrets.json.age", ...storeOf(copied)]);
    const filed = await placeWith("filed", "file");
    expect(await restore(filed, file)).toMatchObject({ status: 0 });
  }, 60_000);

  it("and a mark that was typed is looked at where the file is there, too", async () => {
    const filed = await placeWith("mistyped", "file");
    const ended = await restore(filed, file, "--mark", "0000-0000-0000-0000");
    expect(ended).toEqual({ status: 1, said: expect.stringContaining(`not that of ${filed.SECRETS_FILE}`) });
    expect(namesAt(filed)).toEqual(["secrets.json"]);
  }, 30_000);
});

describe("two parts of one backup", () => {
  it("of the same kind are refused before anything is written", async () => {
    const there = await placeWith("twice", "file");
    const twice = join(places.path, "twice.age");
    for (const name of [twice, `${twice}.holders`]) copyFileSync(file, name);
    const ended = await restore(there, twice);
    expect(ended.status).toBe(1);
    expect(ended.said).toContain("are the same part of a backup");
    expect(ended.said).toContain("Nothing was written.");
    expect(namesAt(there)).toEqual(["secrets.json"]);
  }, 30_000);

  it("of which the second fails are told apart: the first stays, nothing of the second was written", async () => {
    const there = await placeWith("second-fails", "file");
    const broken = join(places.path, "second-fails.age");
    copyFileSync(file, broken);
    await reseal(`${file}.holders`, `${broken}.holders`, rowTwice("holder"));
    const ended = await restore(there, broken);
    expect(ended.status).toBe(1);
    expect(ended.said).toContain(`${broken} is restored`);
    expect(ended.said).toContain(`Nothing of ${broken}.holders was written; ${broken} is restored and stays`);
    expect(ended.said).not.toContain("Nothing was written.");
    const again = await restore(there, `${file}.holders`);
    expect(again).toEqual({ status: 0, said: expect.stringContaining("0 left out") });
  }, 60_000);

  it("of which the first fails leave nothing, the secrets that came from their copy neither", async () => {
    const there = await placeWith("first-fails", "copy");
    const broken = await reseal(file, join(places.path, "first-fails.age"), rowTwice("person"));
    const ended = await restore(there, broken, "--mark", secretsMark(platform.secrets));
    expect(ended).toEqual({ status: 1, said: expect.stringMatching(/does not fit the schema.*\nNothing was written/) });
    expect(existsSync(there.SECRETS_FILE ?? "")).toBe(false);
  }, 30_000);
});

describe("parts of two backups", () => {
  const other = join(places.path, "other.age");
  beforeAll(async () => {
    const [made] = await manageInTurn([{ command: ["backup", other], environment: { ...here, ...KEYS } }]);
    expect(made?.status).toBe(0);
  }, 30_000);

  it("are refused before anything is written, with what it would mean, and restored where that is asked for", async () => {
    const there = await placeWith("mixed", "file");
    const mixed = join(places.path, "mixed.age");
    copyFileSync(file, mixed);
    copyFileSync(`${other}.holders`, `${mixed}.holders`);
    const refused = await restore(there, mixed);
    expect(refused).toEqual({ status: 1, said: expect.stringContaining("is of another backup than the contents") });
    expect(refused.said).toContain("Nothing was written.");
    expect(namesAt(there)).toEqual(["secrets.json"]);
    const asked = await restore(there, mixed, "--parts-differ");
    expect(asked).toEqual({ status: 0, said: expect.stringContaining("The two parts are of different backups") });
  }, 60_000);

  it("are noticed too where the contents were restored alone", async () => {
    const there = await placeWith("one-by-one", "file");
    const alone = join(places.path, "alone.age");
    copyFileSync(file, alone);
    expect(await restore(there, alone)).toMatchObject({ status: 0 });
    const refused = await restore(there, `${other}.holders`);
    expect(refused).toEqual({ status: 1, said: expect.stringContaining("is of another backup than the") });
    expect(refused.said).toContain("Nothing was written.");
    expect(await restore(there, `${file}.holders`)).toMatchObject({ status: 0 });
  }, 60_000);
});
