import { recordAudit } from "#audit/index.ts";
import type { Country } from "#country/index.ts";
import type { Writer } from "#platform/db/database.ts";
import type { Platform } from "#platform/platform.ts";
import { findPageById, findText, insertPage, insertTexts, type LibraryPage, setEdition } from "./library-store.ts";
import { parsePage } from "./page-source.ts";
import { type PageFiles, readFolder } from "./read-folder.ts";

/**
 * Takes a country's folder of pages into the store: what is new or says something else becomes a new edition, a draft
 * that nobody reads before somebody publishes it. Throws an `Error` where a file is faulty.
 * @returns how many pages have a new edition
 */
export async function loadPages({ db, now }: Pick<Platform, "db" | "now">, country: Country): Promise<number> {
  const pages = readFolder(country);
  return db.write(async (tx) => {
    let changed = 0;
    for (const page of pages) if (await loadPage(tx, page, now())) changed++;
    return changed;
  });
}

async function loadPage(tx: Writer, files: PageFiles, at: number): Promise<boolean> {
  const { id, number } = files;
  const known = await findPageById(tx, id);
  if (known && (await saysTheSame(tx, known, files))) return false;
  const edition = (known?.edition ?? 0) + 1;
  if (known) await setEdition(tx, id, edition);
  else await insertPage(tx, { id, number, edition, published: null, publishedAt: null });
  const texts = [...files.sources].map(([language, source]) => {
    const { kind, audience, title, summary } = parsePage(source);
    const facts = { kind, audience: audience.join(" "), title, summary };
    return { pageId: id, edition, language, ...facts, source, madeAt: at };
  });
  await insertTexts(tx, texts);
  const subject = { kind: "page", id } as const;
  await recordAudit(tx, { action: "page.loaded", by: { kind: "system" }, subject, at, detail: { edition } });
  return true;
}

async function saysTheSame(tx: Writer, { id, edition }: LibraryPage, { sources }: PageFiles): Promise<boolean> {
  for (const [language, source] of sources) {
    const text = await findText(tx, { id, edition, language });
    if (text?.source !== source) return false;
  }
  return true;
}
