import { instant, integer, primaryKey, table, text } from "#platform/db/columns.ts";

/** One page of the library; what it says lies in its editions. */
export const libraryPage = table("library_page", {
  id: text("id").primaryKey(),
  /** Stands in the address, which stays in the history of a shared phone: it tells nothing of the topic. */
  number: integer("number").notNull().unique(),
  /** The latest edition. */
  edition: integer("edition").notNull(),
  /** The edition that the public reads; null while it is a draft. */
  published: integer("published"),
  publishedAt: instant("published_at"),
});

/** What one edition says in one language; never changed, so that what the public once read can be looked up. */
export const libraryText = table(
  "library_text",
  {
    pageId: text("page_id")
      .notNull()
      .references(() => libraryPage.id),
    edition: integer("edition").notNull(),
    language: text("language").notNull(),
    kind: text("kind").notNull(),
    /** Codes with spaces between them. */
    audience: text("audience").notNull(),
    title: text("title").notNull(),
    summary: text("summary").notNull(),
    /** The whole file: front matter and Markdown. */
    source: text("source").notNull(),
    madeAt: instant("made_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.pageId, t.edition, t.language] })],
);
