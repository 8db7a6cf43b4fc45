import { areasAround, type Country } from "#country/index.ts";
import type { LocalText } from "#messages/messages.ts";

/** An institution as routing sees it. */
export interface Listed {
  readonly id: string;
  readonly identifier: string;
  readonly type: string;
  readonly name: LocalText;
  readonly territory: string;
  /** Further territories of any kind that it answers for; `country` is the whole country. */
  readonly covers: readonly string[];
  readonly activeFrom: number;
  readonly activeTo: number | null;
  /** The body it belongs to: a school for its branch, a ministry for an administration. */
  readonly parentId: string | null;
  /** Who takes its work when it is absent or nobody there can open a report. */
  readonly fallbackId: string | null;
  readonly supervisorId: string | null;
  readonly absences: readonly Absence[];
  /** Its desks that have a person and a key. */
  readonly desks: readonly OpenDesk[];
}

/** A time without work, such as school holidays, from its first to after its last moment. */
export interface Absence {
  readonly from: number;
  readonly to: number;
  readonly fallbackId: string | null;
}

export interface OpenDesk {
  readonly id: string;
  readonly kind: string;
  readonly name: LocalText;
}

/** All institutions at one moment, arranged for routing. */
export interface Directory {
  readonly at: number;
  find(id: string): Listed | undefined;
  /** The active institutions of a type that answer for a territory, those whose area is smallest first. */
  covering(type: string, territory: string): readonly Listed[];
}

/** Arranges institutions for routing: what is not active at that moment answers for nothing. */
export function directoryOf(country: Pick<Country, "territories">, all: readonly Listed[], at: number): Directory {
  const byId = new Map(all.map((each) => [each.id, each]));
  const byPlace = new Map<string, Listed[]>();
  for (const each of all) {
    if (!isActive(each, at)) continue;
    for (const place of [each.territory, ...each.covers]) {
      const key = `${each.type} ${place}`;
      const listed = byPlace.get(key);
      if (listed === undefined) byPlace.set(key, [each]);
      else if (listed.at(-1) !== each) listed.push(each);
    }
  }
  for (const listed of byPlace.values()) listed.sort(byIdentifier);
  return {
    at,
    find: (id) => byId.get(id),
    covering: (type, territory) => {
      const found = areasAround(country, territory).flatMap((area) => byPlace.get(`${type} ${area}`) ?? []);
      return [...new Set(found)];
    },
  };
}

export function isActive({ activeFrom, activeTo }: Pick<Listed, "activeFrom" | "activeTo">, at: number): boolean {
  return activeFrom <= at && (activeTo === null || activeTo > at);
}

/** Always the same order: two servers must not choose differently. */
function byIdentifier(one: Listed, other: Listed): number {
  return one.identifier < other.identifier ? -1 : one.identifier > other.identifier ? 1 : 0;
}
