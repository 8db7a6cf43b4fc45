import { type Actor, recordAudit, recordAudits } from "#audit/index.ts";
import type { Platform } from "#platform/platform.ts";
import { findPage, findPages, publishLatest, unpublish } from "./library-store.ts";

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
    const known = new Map(
      (
        await findPages(
          tx,
          chosen.map(({ number }) => number),
        )
      ).map((page) => [page.number, page]),
    );
    const changed = chosen.find(({ number, edition }) => known.get(number)?.edition !== edition);
    if (changed) return { changed: changed.number };
    const pages = [...known.values()].filter(({ published, edition }) => published !== edition);
    if (pages.length === 0) return undefined;
    const at = now();
    await publishLatest(
      tx,
      pages.map(({ id }) => id),
      at,
    );
    const facts = pages.map(({ id, edition }) => {
      const subject = { kind: "page", id } as const;
      return { action: "page.published", by, subject, at, detail: { edition } } as const;
    });
    await recordAudits(tx, facts);
    return undefined;
  });
}

/** Takes a page back from the public. Returns whether there is such a page. */
export function withdrawPage({ db, now }: Needs, by: Actor, number: number): Promise<boolean> {
  return db.write(async (tx) => {
    const page = await findPage(tx, number);
    if (!page) return false;
    if (page.published === null) return true;
    await unpublish(tx, page.id);
    const subject = { kind: "page", id: page.id } as const;
    await recordAudit(tx, { action: "page.withdrawn", by, subject, at: now() });
    return true;
  });
}
