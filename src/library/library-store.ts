import { and, asc, eq, isNotNull, sql } from "drizzle-orm";
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

/** Everything that the public reads, in its order. */
export function listPublished(reader: Reader, language: string): Promise<ListedPage[]> {
  return reader
    .select(listed)
    .from(libraryPage)
    .innerJoin(
      libraryText,
      and(
        eq(libraryText.pageId, libraryPage.id),
        eq(libraryText.edition, libraryPage.published),
        eq(libraryText.language, language),
      ),
    )
    .orderBy(asc(libraryPage.number));
}

/** Every page in its latest edition, read or not. */
export function listLatest(reader: Reader, language: string): Promise<ListedPage[]> {
  return reader
    .select(listed)
    .from(libraryPage)
    .innerJoin(
      libraryText,
      and(
        eq(libraryText.pageId, libraryPage.id),
        eq(libraryText.edition, libraryPage.edition),
        eq(libraryText.language, language),
      ),
    )
    .orderBy(asc(libraryPage.number));
}

export async function findPage(reader: Reader, number: number): Promise<LibraryPage | undefined> {
  const [page] = await reader.select().from(libraryPage).where(eq(libraryPage.number, number));
  return page;
}

export async function findPageById(reader: Reader, id: string): Promise<LibraryPage | undefined> {
  const [page] = await reader.select().from(libraryPage).where(eq(libraryPage.id, id));
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

/** Lets the public read an edition from a moment on (milliseconds), or none. */
export async function setPublished(
  tx: Writer,
  id: string,
  published: { readonly edition: number; readonly at: number } | undefined,
): Promise<void> {
  const set = { published: published?.edition ?? null, publishedAt: published?.at ?? null };
  await tx.update(libraryPage).set(set).where(eq(libraryPage.id, id));
}
