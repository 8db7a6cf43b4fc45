import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { checkPart, markingKey, restorePart } from "#backup/index.ts";
import { tableName } from "#backup/row-store.ts";
import { TABLES } from "#backup/schema.ts";
import { newKeyPair, open, seal } from "#platform/crypto/seal.ts";
import { passingSecrets } from "#platform/crypto/secrets.ts";
import { openTestApp, RECOVERY_KEYS, type TestApp } from "../support/app.ts";
import { newVisitor } from "../support/browser.ts";
import { openTestDatabase, type TestDatabase } from "../support/database.ts";
import { sendShortReport, unpaced } from "../support/journey.ts";
import { reseal, withEnding as withMark } from "./resealed.ts";
import { backUpTo, newFolder, orderFor } from "./stores.ts";

const folder = newFolder();
const file = join(folder.path, "copy.age");
const broken = join(folder.path, "broken.age");
let source: TestApp;
let target: TestDatabase;

beforeAll(async () => {
  source = await openTestApp(unpaced());
  await sendShortReport(newVisitor(source));
  const files = join(folder.path, "files");
  mkdirSync(files);
  writeFileSync(join(files, "one"), "sealed");
  await backUpTo(file, source, files);
});
afterAll(async () => {
  await source.close();
  folder.remove();
});
beforeEach(async () => {
  target = await openTestDatabase();
});
afterEach(() => target.close());

/** The fault that reading and restoring a file meet, alike; whatever comes of it, nothing is written. */
async function faultOf(path: string, more: object = {}): Promise<string> {
  const order = orderFor(source, path, more);
  const faults: string[] = [];
  for (const work of [() => checkPart(order), () => restorePart({ db: target.db, now: Date.now }, order)]) {
    faults.push(
      await work().then(
        () => "none",
        (error) => String(error.kind ?? error),
      ),
    );
  }
  // Without looking first, the store may stumble over a row before the end shows that it is not whole.
  expect([faults[0], "unfit"]).toContain(faults[1]);
  await expectNothingWritten(order.dataDir);
  return faults[0] ?? "";
}

async function expectNothingWritten(dataDir: string): Promise<void> {
  for (const { table } of TABLES) {
    const [row] = await target.raw(`select count(*) as n from "${tableName(table)}"`);
    expect([tableName(table), Number(row?.n)]).toEqual([tableName(table), 0]);
  }
  expect(existsSync(dataDir) ? readdirSync(dataDir) : []).toEqual([]);
}

const sealed = () => readFileSync(file);

const rewritten = (change: (lines: string[]) => string[]) => reseal(file, broken, change);
const withEnding = (lines: readonly string[]) => withMark(lines, source.platform.secrets);

const changedHeader = (change: object) => (lines: string[]) =>
  withEnding([JSON.stringify({ ...JSON.parse(lines[0] ?? ""), ...change }), ...lines.slice(1)]);

describe("a damaged file is refused and nothing is written:", () => {
  it("one bit changed, anywhere", async () => {
    const whole = sealed();
    for (const at of [5, 40, 100, 170, 250, Math.floor(whole.length / 2), whole.length - 1]) {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ 1;
      writeFileSync(broken, changed);
      expect([at, await faultOf(broken)]).toEqual([at, expect.stringMatching(/^(damaged|identity|foreign)$/)]);
    }
  });

  it("cut off, anywhere", async () => {
    const whole = sealed();
    for (const length of [0, 10, 100, 200, 300, Math.floor(whole.length / 2), whole.length - 1]) {
      writeFileSync(broken, whole.subarray(0, length));
      expect([length, await faultOf(broken)]).toEqual([length, expect.stringMatching(/^(damaged|identity|foreign)$/)]);
    }
  });

  it("with something behind its end", async () => {
    writeFileSync(broken, Buffer.concat([sealed(), Buffer.from("more")]));
    expect(await faultOf(broken)).toBe("damaged");
  });

  it("another file, or none", async () => {
    writeFileSync(broken, "SQLite format 3");
    expect(await faultOf(broken)).toBe("foreign");
    writeFileSync(broken, await seal(RECOVERY_KEYS.recipient, "a letter"));
    expect(await faultOf(broken)).toBe("damaged");
    writeFileSync(broken, await seal(RECOVERY_KEYS.recipient, gzipSync('{"format":"other"}\n')));
    expect(await faultOf(broken)).toBe("foreign");
    expect(await faultOf(join(folder.path, "nowhere"))).toBe("noFile");
    expect(await faultOf(folder.path)).toMatch(/damaged|noFile/);
  });
});

describe("what was sealed again by somebody else is refused and nothing is written:", () => {
  it("the very same lines are fine, so that what follows is refused for its change", async () => {
    await checkPart(orderFor(source, await rewritten((lines) => lines)));
    await checkPart(orderFor(source, await rewritten(withEnding)));
  });

  it("without its end, or with lines behind it", async () => {
    expect(await faultOf(await rewritten((lines) => lines.slice(0, -1)))).toBe("damaged");
    expect(await faultOf(await rewritten((lines) => lines.slice(0, 1)))).toBe("damaged");
    expect(await faultOf(await rewritten((lines) => [...lines, lines[1] ?? ""]))).toBe("damaged");
  });

  it("with a row less, a row twice or a changed row", async () => {
    expect(await faultOf(await rewritten((lines) => lines.toSpliced(1, 1)))).toBe("damaged");
    expect(await faultOf(await rewritten((lines) => lines.toSpliced(1, 0, lines[1] ?? "")))).toBe("damaged");
    expect(await faultOf(await rewritten((lines) => lines.map((line) => line.replace("triage", "trojan"))))).toBe(
      "damaged",
    );
  });

  it("with a changed row and an ending that fits it, but without the secrets", async () => {
    const forged = await rewritten((lines) => {
      const fitting = withEnding(lines.map((line) => line.replace("Olga", "Olja")));
      const { end } = JSON.parse(fitting.at(-1) ?? "") as { end: object };
      return [...fitting.slice(0, -1), JSON.stringify({ end: { ...end, mark: "0".repeat(64) } })];
    });
    expect(await faultOf(forged)).toBe("damaged");
    await checkPart(orderFor(source, forged, { key: undefined }));
  });
});

describe("what does not belong here is refused and nothing is written:", () => {
  it("another identity", async () => {
    expect(await faultOf(file, { identity: (await newKeyPair()).identity })).toBe("identity");
  });

  it("other secrets, with which no code and no password would work", async () => {
    expect(await faultOf(file, { key: markingKey(await passingSecrets()) })).toBe("secrets");
  });

  it.each([
    ["a value of another kind", (line: string) => line.replace(/\["institution",\["[^"]*"/, '["institution",[7')],
    ["a value too few", (line: string) => line.replace(/\["institution",\["[^"]*",/, '["institution",[')],
    ["a table nobody knows", (line: string) => line.replace('["institution",', '["chat",')],
    ["a table of the other part", (line: string) => line.replace('["institution",', '["holder",')],
    ["bytes that are none", (line: string) => line.replace(/^(\["person",.*")[A-Za-z0-9+/]{40}/, "$1***")],
    ["an empty value where there must be one", (line: string) => line.replace(/\["desk",\["[^"]*"/, '["desk",[null')],
    ["what is no line at all", (line: string) => line.replace(/^\["desk",.*/, "{")],
  ])("%s", async (_, change) => {
    const path = await rewritten((lines) => withEnding(lines.map(change)));
    const order = orderFor(source, path);
    expect(await checkPart(order).catch(({ kind }) => kind)).toBe("unfit");
    await restorePart({ db: target.db, now: Date.now }, order).then(
      () => expect.unreachable("it was restored"),
      () => undefined,
    );
    await expectNothingWritten(order.dataDir);
  });

  it("a file with a path that leads out of its folder", async () => {
    for (const path of ["../outside", "/tmp/outside", ".", "a/../../outside"]) {
      const moved = await rewritten((lines) =>
        withEnding(lines.map((line) => line.replace('{"file":"one"', `{"file":${JSON.stringify(path)}`))),
      );
      const order = orderFor(source, moved);
      const restoring = restorePart({ db: target.db, now: Date.now }, order);
      await expect(restoring).rejects.toMatchObject({ kind: "unfit" });
      await expectNothingWritten(order.dataDir);
      expect(readdirSync(folder.path)).not.toContain("outside");
    }
  });

  it("another level, which only reading may still look at", async () => {
    const older = orderFor(source, await rewritten(changedHeader({ level: "0003_older" })));
    expect((await checkPart(older)).header.level).toBe("0003_older");
    const restoring = restorePart({ db: target.db, now: Date.now }, older);
    await expect(restoring).rejects.toMatchObject({ kind: "level", level: "0003_older" });
    await expectNothingWritten(older.dataDir);
  });

  it("the same level with other columns", async () => {
    const layout = JSON.parse(
      gunzipSync(await open(RECOVERY_KEYS.identity, sealed()))
        .toString()
        .split("\n")[0] ?? "",
    );
    const { desk: _, ...rest } = layout.layout;
    expect(await faultOf(await rewritten(changedHeader({ layout: rest })))).toBe("unfit");
  });
});

describe("a store that is in use stays as it is:", () => {
  const attempt = (path: string, dataDir = `${path}.data`) =>
    restorePart({ db: target.db, now: Date.now }, orderFor(source, path, { dataDir }));

  it("one with a single row, in whatever table", async () => {
    for (const insert of [
      "insert into setup_link (token_hash, expires_at) values ('x', 1)",
      "insert into audit_entry (id, at, actor_kind, action, subject_kind, detail) values ('x', 9, 'system', 'a', 'case', '{}')",
    ]) {
      await target.raw(insert);
      expect(await attempt(file)).toEqual({ outcome: "notEmpty" });
    }
    expect((await target.raw("select id from person")).length).toBe(0);
  });

  it("one with files", async () => {
    const dataDir = join(folder.path, "used");
    mkdirSync(join(dataDir, "files"), { recursive: true });
    writeFileSync(join(dataDir, "files", "mine"), "x");
    expect(await attempt(file, dataDir)).toEqual({ outcome: "notEmpty" });
    expect(readdirSync(join(dataDir, "files"))).toEqual(["mine"]);
  });

  it("one to which the backup was restored already", async () => {
    expect(await attempt(file)).toMatchObject({ outcome: "restored" });
    const before = await target.raw("select count(*) as n from audit_entry");
    expect(await attempt(file)).toEqual({ outcome: "notEmpty" });
    expect(await attempt(`${file}.holders`)).toMatchObject({ outcome: "restored" });
    expect(await attempt(`${file}.holders`)).toEqual({ outcome: "notEmpty" });
    expect(Number((await target.raw("select count(*) as n from audit_entry"))[0]?.n)).toBe(Number(before[0]?.n) + 1);
  });

  it("and an empty one does not take what opens reports before the reports", async () => {
    expect(await attempt(`${file}.holders`)).toEqual({ outcome: "noContents" });
  });
});
