import { type Actor, recordAudit } from "#audit/index.ts";
import type { Platform } from "#platform/platform.ts";
import { findPage, setPublished } from "./library-store.ts";

type Needs = Pick<Platform, "db" | "now">;

/** A page in the edition that somebody has read. */
export interface ChosenEdition {
  readonly number: number;
  readonly edition: number;
}

/**
 * Publishes pages in the editions that were read: all of them or, where one is not the latest any more, none.
 * @returns the number of a page that has changed meanwhile
 */
export function publishPages({ db, now }: Needs, by: Actor, chosen: readonly ChosenEdition[]) {
  return db.write(async (tx): Promise<{ readonly changed: number } | undefined> => {
    const pages = [];
    for (const { number, edition } of chosen) {
      const page = await findPage(tx, number);
      if (page?.edition !== edition) return { changed: number };
      if (page.published !== edition) pages.push(page);
    }
    const at = now();
    for (const { id, edition } of pages) {
      await setPublished(tx, id, { edition, at });
      const subject = { kind: "page", id } as const;
      await recordAudit(tx, { action: "page.published", by, subject, at, detail: { edition } });
    }
    return undefined;
  });
}

/** Takes a page back from the public. Returns whether there is such a page. */
export function withdrawPage({ db, now }: Needs, by: Actor, number: number): Promise<boolean> {
  return db.write(async (tx) => {
    const page = await findPage(tx, number);
    if (!page) return false;
    if (page.published === null) return true;
    await setPublished(tx, page.id, undefined);
    const subject = { kind: "page", id: page.id } as const;
    await recordAudit(tx, { action: "page.withdrawn", by, subject, at: now() });
    return true;
  });
}
