import { existsSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { outdatedBackups } from "#backup/forget-backups.ts";
import { backUpNightly } from "#backup/index.ts";
import { describeError } from "#platform/log.ts";
import { openTestApp, RECOVERY_KEYS, type TestApp } from "../support/app.ts";
import { newFolder } from "./stores.ts";

describe("of the backups of many nights", () => {
  const night = (day: number) => `2026-11-${String(day).padStart(2, "0")}.age`;
  const nights = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, at) => night(from + at)).flatMap((name) => [name, `${name}.holders`]);

  it("the newest contents stay, and the two newest of what opens reports", () => {
    const over = outdatedBackups(nights(1, 10), "2026-11-10", 8);
    expect(over.filter((name) => name.endsWith(".age"))).toEqual([night(2), night(1)]);
    expect(over.filter((name) => name.endsWith(".holders"))).toEqual(
      [8, 7, 6, 5, 4, 3, 2, 1].map((day) => `${night(day)}.holders`),
    );
  });

  it("what opens reports goes after seven days, also where no newer one was made", () => {
    expect(outdatedBackups(nights(1, 2), "2026-11-07", 30)).toEqual([]);
    expect(outdatedBackups(nights(1, 2), "2026-11-08", 30)).toEqual([`${night(1)}.holders`]);
    expect(outdatedBackups(nights(1, 2), "2026-11-09", 30)).toEqual([`${night(2)}.holders`, `${night(1)}.holders`]);
  });

  it("what is of a day to come takes nobody's place: its contents stay, and what opens them goes before the others", () => {
    const ahead = ["2036-01-01.age", "2036-01-01.age.holders", "2036-01-02.age.holders"];
    expect(outdatedBackups([...nights(9, 10), ...ahead], "2026-11-10", 1)).toEqual([
      night(9),
      "2036-01-02.age.holders",
      "2036-01-01.age.holders",
    ]);
    expect(outdatedBackups([...nights(10, 10), ...ahead], "2026-11-10", 1)).toEqual(["2036-01-01.age.holders"]);
    // A server whose clock is a little ahead has made tomorrow's.
    expect(outdatedBackups(nights(9, 11), "2026-11-10", 30)).toEqual([`${night(9)}.holders`]);
  });

  it("and what has another name is nobody's to delete", () => {
    const others = [
      "2026-01-01.age.txt",
      "before-the-move.age",
      "2026-01-01.sql",
      "x2026-01-01.age",
      ".2026-01-01.age",
    ];
    expect(outdatedBackups(others, "2026-11-22", 1)).toEqual([]);
  });
});

describe("the backup of each night", () => {
  let folder: ReturnType<typeof newFolder>;
  let test: TestApp;
  beforeEach(async () => {
    folder = newFolder();
    test = await openTestApp();
  });
  afterEach(async () => {
    await test.close();
    folder.remove();
  });

  const HOUR = 3_600_000;
  const run = (keep = 30) =>
    backUpNightly(
      { ...test.platform, country: test.country },
      { folder: folder.path, keep, recipient: RECOVERY_KEYS.recipient, filesFolder: join(folder.path, "files") },
    );
  const there = () => readdirSync(folder.path).sort();

  it("is made at once where there is none, then once a night, and carries nothing but the day in its name", async () => {
    await run();
    const first = ["2026-11-22.age", "2026-11-22.age.holders"];
    expect(there()).toEqual(first);
    // Sunday noon; the night comes after one o'clock.
    for (const hours of [6, 6]) {
      test.pass(hours * HOUR);
      await run();
      expect(there()).toEqual(first);
    }
    test.pass(2 * HOUR);
    await run();
    await run();
    expect(there()).toEqual([...first, "2026-11-23.age", "2026-11-23.age.holders"]);
    const made = await test.database.raw("select id from audit_entry where action = 'backup.made'");
    expect(made).toHaveLength(2);
  });

  it("is made by day where the night was missed", async () => {
    await run();
    test.pass(17 * HOUR);
    await run();
    expect(there()).toHaveLength(2);
    test.pass(3 * HOUR);
    await run();
    expect(there()).toContain("2026-11-23.age");
  });

  it("replaces nothing, keeps as many contents as asked, and two of what opens reports", async () => {
    for (let night = 0; night < 5; night++) {
      await run(3);
      test.pass(24 * HOUR + 14 * HOUR * Number(night === 0));
    }
    const contents = there().filter((name) => name.endsWith(".age"));
    const holders = there().filter((name) => name.endsWith(".holders"));
    expect(contents).toHaveLength(3);
    expect(holders).toEqual(contents.slice(1).map((name) => `${name}.holders`));
  });

  it("goes on after a power cut between two names, and clears what was half written a day ago", async () => {
    writeFileSync(join(folder.path, "2026-11-22.age.holders"), "alone");
    const [old, young] = [".2026-11-20.age.abc.part", ".2026-11-22.age.holders.abc.part"];
    for (const name of [old, young]) writeFileSync(join(folder.path, name), "half");
    const [long, just] = [test.platform.now() / 1000 - 90_000, test.platform.now() / 1000 - 60];
    utimesSync(join(folder.path, old), long, long);
    utimesSync(join(folder.path, young), just, just);
    await run();
    expect(there()).toEqual([young, "2026-11-22.age", "2026-11-22.age.holders"]);
  });

  it("is made in spite of one that a wrong clock dated later, whose way to open reports goes after a week", async () => {
    const ahead = ["2036-05-01.age", "2036-05-01.age.holders"];
    for (const name of ahead) writeFileSync(join(folder.path, name), "of a wrong clock");
    const [long, just] = [test.platform.now() / 1000 - 7 * 86_400, test.platform.now() / 1000 - 6 * 86_400];
    for (const name of ahead) utimesSync(join(folder.path, name), just, just);
    expect(await run()).toEqual({ made: true, hasDayToCome: true });
    expect(there()).toEqual(["2026-11-22.age", "2026-11-22.age.holders", ...ahead]);
    expect(await run()).toEqual({ made: false, hasDayToCome: true });
    for (const name of ahead) utimesSync(join(folder.path, name), long, long);
    await run();
    expect(there()).toEqual(["2026-11-22.age", "2026-11-22.age.holders", "2036-05-01.age"]);
    rmSync(join(folder.path, "2036-05-01.age"));
    writeFileSync(join(folder.path, "2026-11-23.age"), "of a server a little ahead");
    expect(await run()).toEqual({ made: false, hasDayToCome: false });
  });

  it("fails where its folder is missing, and makes none: a disk that is not mounted must not look like one", async () => {
    rmSync(folder.path, { recursive: true });
    const error = await run().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: "CannotWrite", reason: "ENOENT" });
    // What the service's log says of it: the system's code, and no path.
    expect(describeError(error).error).toBe("backup: cannot be written (ENOENT)");
    expect(existsSync(folder.path)).toBe(false);
  });
});
