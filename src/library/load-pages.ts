import { recordAudit } from "#audit/index.ts";
import type { Country } from "#country/index.ts";
import type { Writer } from "#platform/db/database.ts";
import type { Platform } from "#platform/platform.ts";
import { insertPage, insertTexts, type LibraryPage, listSources, setEdition } from "./library-store.ts";
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
    const stored = await listSources(tx);
    let changed = 0;
    for (const files of pages) {
      const before = stored.filter(({ page }) => page.id === files.id);
      if (
        before.length === files.sources.size &&
        before.every(({ language, source }) => files.sources.get(language) === source)
      )
        continue;
      await storeEdition(tx, files, { before: before[0]?.page, at: now() });
      changed++;
    }
    return changed;
  });
}

async function storeEdition(
  tx: Writer,
  { id, number, sources }: PageFiles,
  { before, at }: { readonly before: LibraryPage | undefined; readonly at: number },
): Promise<void> {
  const edition = (before?.edition ?? 0) + 1;
  if (before) await setEdition(tx, id, edition);
  else await insertPage(tx, { id, number, edition, published: null, publishedAt: null });
  const texts = [...sources].map(([language, source]) => {
    const { kind, audience, title, summary } = parsePage(source);
    const facts = { kind, audience: audience.join(" "), title, summary };
    return { pageId: id, edition, language, ...facts, source, madeAt: at };
  });
  await insertTexts(tx, texts);
  const subject = { kind: "page", id } as const;
  await recordAudit(tx, { action: "page.loaded", by: { kind: "system" }, subject, at, detail: { edition } });
}
