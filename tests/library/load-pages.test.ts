import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadCountry } from "#country/index.ts";
import { countWaiting, loadPages, publishPages } from "#library/index.ts";
import { findText, listPages } from "#library/library-store.ts";
import { openTestDatabase, type TestDatabase } from "../support/database.ts";

const BY = { kind: "person", id: "p1" } as const;
let database: TestDatabase;
let folder: string;
let needs: { db: TestDatabase["db"]; now(): number };
beforeEach(async () => {
  database = await openTestDatabase();
  folder = mkdtempSync(join(tmpdir(), "cuvam-te-library-"));
  cpSync(loadCountry("RS").libraryFolder, folder, { recursive: true });
  needs = { db: database.db, now: () => 1000 };
});
afterEach(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

const load = () => loadPages(needs, { ...loadCountry("RS"), libraryFolder: folder });
const file = (language: string) => join(folder, language, "7-neglect.md");
const edit = (language: string, change: (text: string) => string) =>
  writeFileSync(file(language), change(readFileSync(file(language), "utf8")));
const published = () => database.db.read((reader) => listPages(reader, "sr", "published"));

describe("pages of a folder", () => {
  it("arrive as drafts, which the public does not read", async () => {
    expect(await load()).toBe(30);
    expect(await published()).toEqual([]);
    expect(await database.db.read(countWaiting)).toBe(30);
  });

  it("are stored letter for letter, in every language", async () => {
    await load();
    for (const language of ["sr", "en"]) {
      const text = await database.db.read((reader) => findText(reader, { id: "neglect", edition: 1, language }));
      expect(text?.source).toBe(readFileSync(file(language), "utf8"));
    }
  });

  it("change nothing when they are taken in once more, also by two servers at once", async () => {
    await Promise.all([load(), load()]);
    expect(await load()).toBe(0);
    expect(await database.raw("select edition from library_text")).toHaveLength(60);
  });

  it("are a new edition in both languages when one of them says something else; the public goes on reading the old one", async () => {
    await load();
    await publishPages(needs, BY, [{ number: 7, edition: 1 }]);
    edit("en", (text) => text.replace(/^title: .*$/m, 'title: "Another title"'));
    expect(await load()).toBe(1);
    const [page] = await published();
    expect(page?.page).toMatchObject({ id: "neglect", published: 1, edition: 2 });
    const [latest] = (await database.db.read((reader) => listPages(reader, "en", "edition"))).filter(
      ({ page: { id } }) => id === "neglect",
    );
    expect(latest?.text.title).toBe("Another title");
    const old = await database.db.read((reader) => findText(reader, { id: "neglect", edition: 1, language: "en" }));
    expect(old?.title).not.toBe("Another title");
  });

  it("are refused with the name of every file that is wrong, and nothing is taken", async () => {
    edit("sr", (text) => text.replace("kind: form", "kind: poem"));
    edit("en", (text) => text.replace("[[", "[[nobody]] [["));
    writeFileSync(join(folder, "en", "notes.txt"), "x");
    await expect(load()).rejects.toThrow(
      /sr\/7-neglect\.md[\s\S]*en\/7-neglect\.md: there is no contact nobody[\s\S]*en\/notes\.txt/,
    );
    rmSync(join(folder, "en", "notes.txt"));
    rmSync(file("en"));
    await expect(load()).rejects.toThrow("neglect is not written in en");
    expect(await database.raw("select id from library_page")).toEqual([]);
  });

  it("cannot say that somebody has reviewed them without saying who and when", async () => {
    edit("sr", (text) => text.replace("kind: form", "kind: form\nreviewed: true"));
    await expect(load()).rejects.toThrow("7-neglect.md");
  });
});
