import type { Country } from "#country/index.ts";
import type { Language } from "#messages/messages.ts";
import type { Database } from "#platform/db/database.ts";
import { StorageError } from "#platform/db/errors.ts";
import { findSetting } from "./setting-store.ts";

/** So long what was read is shown to everybody who asks; another server's change shows that much later. */
const KEPT_MS = 1000;

interface Kept {
  readonly tags: readonly Language[];
  readonly until: number;
}

const kept = new WeakMap<Database, Kept>();

/** The languages that a stored setting names, in the country's order; all where it names none of the country's. */
export function offeredIn({ languages }: Pick<Country, "languages">, stored: string | undefined): readonly Language[] {
  const all = languages.map(({ tag }) => tag);
  const named = all.filter((tag) => stored?.split(",").includes(tag));
  return named.length > 0 ? named : all;
}

/** The languages that the public is offered, for pages that everybody asks for: read once a second, and never missing. */
export async function findOfferedLanguages(
  db: Database,
  country: Pick<Country, "languages">,
): Promise<readonly Language[]> {
  const before = kept.get(db);
  if (before && performance.now() < before.until) return before.tags;
  // Whoever asks meanwhile is shown what held a moment ago.
  if (before) keep(db, before.tags);
  try {
    const tags = offeredIn(country, await db.read((reader) => findSetting(reader, "languages")));
    keep(db, tags);
    return tags;
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    return before?.tags ?? offeredIn(country, undefined);
  }
}

/** Reads the setting anew for the next who asks, since it was just changed. */
export function forgetOfferedLanguages(db: Database): void {
  kept.delete(db);
}

function keep(db: Database, tags: readonly Language[]): void {
  kept.set(db, { tags, until: performance.now() + KEPT_MS });
}
