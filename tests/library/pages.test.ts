import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { describe, expect, it } from "vitest";
import { isCode, loadCountry } from "#country/index.ts";
import { type PageSource, parsePage } from "#library/page-source.ts";
import { readFolder } from "#library/read-folder.ts";
import { TO_A_CHILD } from "#library/render-body.ts";
import { showText } from "#library/show-page.ts";
import { uiFor } from "#platform/views/ui.ts";

const country = loadCountry("RS");
const folder = readFolder(country);
const ids = folder.map(({ id }) => id);
const all = folder.flatMap(({ id, sources }) =>
  [...sources].map(([language, source]) => ({
    id,
    language,
    name: `${id} in ${language}`,
    page: parsePage(source),
    source,
  })),
);
const each = all.map((one) => [one.name, one] as const);

/** What is said, as somebody reads it: without marks, with a placed number as one word. */
const plain = (text: string) =>
  text
    .replace(/\[\[[\w-]+\]\]/g, "0")
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/^\s*([-*]|\d+\.)\s+/gm, "")
    .replace(/^#+ .*$/gm, "")
    .replace(/[*_`]/g, "");
const wordsIn = (text: string) => text.match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu) ?? [];

/** The sentences of a page with the most words that each may have: 12 where it speaks to a child, else 20. */
function sentencesOf({ body }: PageSource): { readonly sentence: string; readonly most: number }[] {
  return body.split(/^(?=## )/m).flatMap((part) => {
    const most = TO_A_CHILD.test(part.split("\n")[0] ?? "") ? 12 : 20;
    const sentences = plain(part).split(/(?<=[.!?…:;])\s+|\n/);
    return sentences.filter((text) => text.trim() !== "").map((sentence) => ({ sentence, most }));
  });
}

/** Paragraphs and items of lists that say something of their own. */
const blocksOf = ({ body }: PageSource) =>
  plain(body)
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => wordsIn(line).length > 5);

describe("the library of Serbia", () => {
  it("has thirty pages, each in Serbian and in English, numbered without a gap", () => {
    expect(folder.map(({ number }) => number)).toEqual(Array.from({ length: 30 }, (_, at) => at + 1));
    expect(all).toHaveLength(60);
    expect(all.filter(({ language, page }) => language === "sr" && page.kind === "form")).toHaveLength(12);
  });

  it("says nothing twice", () => {
    const seen = new Map<string, string>();
    const twice = all.flatMap(({ name, page }) =>
      blocksOf(page).flatMap((block) => {
        const before = seen.get(block);
        seen.set(block, name);
        return before === undefined ? [] : [`${before} and ${name}: ${block}`];
      }),
    );
    expect(twice).toEqual([]);
  });

  it("has the same parts in the same order in both languages", () => {
    const shapes = all.map(({ id, page }) => ({
      id,
      shape: page.body.match(/^#+ .*$/gm)?.map((line) => line.replace(/ .*?( \{child\})?$/, "$1")),
      facts: [page.kind, page.audience, page.forms, page.contacts, page.legal.length],
    }));
    for (const id of ids) {
      const [one, other] = shapes.filter((shape) => shape.id === id);
      expect(one, id).toEqual(other);
    }
  });
});

describe.each(each)("%s", (_, { language, page, source }) => {
  it("has 250 to 500 words and no sentence that is too long for its reader", () => {
    const words = wordsIn(plain(page.body)).length;
    expect(words).toBeGreaterThanOrEqual(240);
    expect(words).toBeLessThanOrEqual(500);
    const long = sentencesOf(page).filter(({ sentence, most }) => wordsIn(sentence).length > most);
    expect(long.map(({ sentence }) => sentence)).toEqual([]);
  });

  it("places its numbers, leads to pages that are there, and knows its forms of violence", () => {
    expect(page.body).not.toMatch(/\b(192|193|194|112|116 ?111|19833|116 ?000|0800)\b/);
    const links = [...page.body.matchAll(/\]\((\w+):([\w-]+)\)/g)];
    const lost = links.filter(([, kind, to = ""]) => kind === "page" && !ids.includes(to));
    expect(lost).toEqual([]);
    expect(page.body.match(/\]\(/g)?.length ?? 0).toBe(links.length);
    expect(page.forms.filter((form) => !isCode(country, "violence_form", form))).toEqual([]);
  });

  it("claims no review, no checked law and no price of a call that nobody has checked", () => {
    expect(page.reviewed).toBeNull();
    expect(page.legal.filter(({ verifiedOn }) => verifiedOn !== null)).toEqual([]);
    expect(page.legal.filter((one) => one.source.length < 5)).toEqual([]);
    expect(page.body).not.toMatch(/не кошта|бесплатан позив|позив се не плаћа|call costs nothing|free call/i);
  });

  it("is written in its own letters, without markup, and weighs at most 14,000 bytes", () => {
    if (language === "sr") expect(page.title + page.summary).not.toMatch(/[A-Za-z]/);
    else expect(source).not.toMatch(/[\u0400-\u04FF]/);
    expect(page.body).not.toMatch(/<|!\[|^\|/m);
    const ui = uiFor(language === "sr" ? "sr" : "en", country);
    const { html } = showText(ui, country, { source }, (id) => (ids.includes(id) ? `/x/${id}` : undefined));
    expect(html).not.toMatch(/\{child\}|\[\[|undefined/);
    const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };
    expect(brotliCompressSync(html, options).length).toBeLessThan(9_000);
  });
});

it("is stored as it was written: what is read from a file is the file", () => {
  const [first] = folder;
  const file = join(country.libraryFolder, "sr", `${first?.number}-${first?.id}.md`);
  expect(first?.sources.get("sr")).toBe(readFileSync(file, "utf8"));
});
