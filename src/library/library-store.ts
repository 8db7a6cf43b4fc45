import { and, asc, eq, inArray, isNotNull, sql } from "drizzle-orm";
import type { Reader, Writer } from "#platform/db/database.ts";
import { libraryPage, libraryText } from "./schema.ts";

export type LibraryPage = typeof libraryPage.$inferSelect;
export type LibraryText = typeof libraryText.$inferSelect;

/** What a list says of a page, in one language. */
export interface ListedPage {
  readonly page: LibraryPage;
  readonly text: Pick<LibraryText, "kind" | "audience" | "title" | "summary" | "madeAt">;
}

const { kind, audience, title, summary, madeAt } = libraryText;
const listed = { page: libraryPage, text: { kind, audience, title, summary, madeAt } };

/** The edition that the public reads, or the latest, read or not. */
type Which = "published" | "edition";

/** Every page that has such an edition, in their order. */
export function listPages(reader: Reader, language: string, which: Which): Promise<ListedPage[]> {
  const chosen = and(eq(libraryText.pageId, libraryPage.id), eq(libraryText.edition, libraryPage[which]));
  return reader
    .select(listed)
    .from(libraryPage)
    .innerJoin(libraryText, and(chosen, eq(libraryText.language, language)))
    .orderBy(asc(libraryPage.number));
}

/** What every page says in its latest edition, in every language. */
export function listSources(reader: Reader): Promise<{ page: LibraryPage; language: string; source: string }[]> {
  return reader
    .select({ page: libraryPage, language: libraryText.language, source: libraryText.source })
    .from(libraryPage)
    .innerJoin(libraryText, and(eq(libraryText.pageId, libraryPage.id), eq(libraryText.edition, libraryPage.edition)));
}

export function findPages(reader: Reader, numbers: readonly number[]): Promise<LibraryPage[]> {
  return reader
    .select()
    .from(libraryPage)
    .where(inArray(libraryPage.number, [...numbers]));
}

export async function findPage(reader: Reader, number: number): Promise<LibraryPage | undefined> {
  const [page] = await reader.select().from(libraryPage).where(eq(libraryPage.number, number));
  return page;
}

export async function findText(
  reader: Reader,
  { id, edition, language }: { id: string; edition: number; language: string },
): Promise<LibraryText | undefined> {
  const one = and(eq(libraryText.pageId, id), eq(libraryText.edition, edition), eq(libraryText.language, language));
  const [text] = await reader.select().from(libraryText).where(one);
  return text;
}

/** The ids of pages with their numbers: of what the public reads, or of everything. */
export async function numbersOf(reader: Reader, which: "published" | "all"): Promise<ReadonlyMap<string, number>> {
  const rows = await reader
    .select({ id: libraryPage.id, number: libraryPage.number })
    .from(libraryPage)
    .where(which === "published" ? isNotNull(libraryPage.published) : undefined);
  return new Map(rows.map(({ id, number }) => [id, number]));
}

export async function hasPublished(reader: Reader): Promise<boolean> {
  const [page] = await reader
    .select({ id: libraryPage.id })
    .from(libraryPage)
    .where(isNotNull(libraryPage.published))
    .limit(1);
  return page !== undefined;
}

/** How many pages have an edition that the public does not read yet. */
export async function countWaiting(reader: Reader): Promise<number> {
  const [row] = await reader
    .select({ waiting: sql<number>`count(*)` })
    .from(libraryPage)
    .where(sql`${libraryPage.published} is null or ${libraryPage.published} < ${libraryPage.edition}`);
  return Number(row?.waiting ?? 0);
}

export async function insertPage(tx: Writer, page: LibraryPage): Promise<void> {
  await tx.insert(libraryPage).values(page);
}

export async function insertTexts(tx: Writer, texts: readonly LibraryText[]): Promise<void> {
  await tx.insert(libraryText).values([...texts]);
}

export async function setEdition(tx: Writer, id: string, edition: number): Promise<void> {
  await tx.update(libraryPage).set({ edition }).where(eq(libraryPage.id, id));
}

/** Lets the public read the latest editions of pages from a moment on (milliseconds). */
export async function publishLatest(tx: Writer, ids: readonly string[], at: number): Promise<void> {
  const set = { published: sql`${libraryPage.edition}`, publishedAt: at };
  await tx
    .update(libraryPage)
    .set(set)
    .where(inArray(libraryPage.id, [...ids]));
}

export async function unpublish(tx: Writer, id: string): Promise<void> {
  await tx.update(libraryPage).set({ published: null, publishedAt: null }).where(eq(libraryPage.id, id));
}
