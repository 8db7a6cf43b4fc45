import { type Country, sayTerritory, sayType } from "#country/index.ts";
import { findNamed, type Institution, listInstitutions, TIES, type Tie } from "#institutions/index.ts";
import type { Phrase, Translate } from "#messages/messages.ts";
import type { Reader } from "#platform/db/database.ts";
import type { Fields } from "#platform/http/app.ts";
import type { Option } from "#platform/views/parts.ts";

/** How many are offered to choose from; whoever has more writes more of the name. */
const MOST_OFFERED = 10;

/** What a field that names an institution came to. */
export interface Tied {
  readonly hit: Institution | undefined;
  readonly error: Phrase | undefined;
  /** What may have been meant, to choose from. */
  readonly offered: readonly Option[];
}

/** Where names are looked up, and in which words what is found is offered. */
export interface Lookup {
  readonly reader: Reader;
  readonly country: Country;
  readonly t: Translate;
  readonly at: number;
}

/** What a field says: the text, or what was chosen among those that were offered for this very text. */
export function tieOf(fields: Fields, name: string): { readonly text: string; readonly chosen: string | undefined } {
  const said = (field: string) => fields.get(field)?.[0]?.trim() ?? "";
  const text = said(name);
  const chosen = said(`${name}For`) === text ? said(`${name}Chosen`) : "";
  return { text, chosen: chosen === "" ? undefined : chosen };
}

/**
 * Finds the institution that a field names: one hit is taken, several are offered, none is an error. So is one that has
 * ended, unless it is kept as it was: an ended body must not keep those below it from being changed.
 * @param keptId what the field says by now
 */
export async function findTie(look: Lookup, fields: Fields, name: string, keptId?: string | null): Promise<Tied> {
  const { text, chosen } = tieOf(fields, name);
  const words = chosen ?? text;
  if (words === "") return NOTHING;
  if (isTooLong(text) || isTooLong(words)) return wrong({ key: "registry.tie.unknown" });
  const found = await findNamed(look.reader, words, { at: look.at, most: MOST_OFFERED + 1 });
  const [hit, ...more] = found;
  if (!hit) return wrong({ key: "registry.tie.unknown" });
  if (more.length > 0) return several(found.length, institutionOptions(look, found));
  const hasEnded = hit.activeTo !== null && hit.activeTo <= look.at;
  if (hasEnded && hit.id !== keptId) return wrong({ key: "registry.tie.ended" });
  return { hit, error: undefined, offered: [] };
}

/** Longer than any name; a database refuses to search for a text without end instead of finding nothing. */
const isTooLong = (text: string) => text.length > 300;

const NOTHING = { hit: undefined, error: undefined, offered: [] } as const;

const wrong = (error: Phrase) => ({ hit: undefined, error, offered: [] });

function several(count: number, offered: readonly Option[]) {
  const error: Phrase = { key: count > MOST_OFFERED ? "registry.tie.many" : "registry.tie.several" };
  return { hit: undefined, error, offered: offered.slice(0, MOST_OFFERED) };
}

/** The official number says nothing to most people, so that it stands only where nothing else tells two apart. */
function institutionOptions({ country, t }: Lookup, found: readonly Institution[]): readonly Option[] {
  const said = found.map(({ identifier, name, type, territory }) => ({
    value: identifier,
    label: t.local(name),
    hint: `${sayType(country, t, type)}, ${sayTerritory(country, t, territory)}`,
  }));
  const alike = (one: (typeof said)[number]) =>
    said.filter(({ label, hint }) => label === one.label && hint === one.hint).length > 1;
  return said.map((each) => (alike(each) ? { ...each, hint: `${each.hint}, ${each.value}` } : each));
}

/** Whether going from one institution to its parent, or to who supervises it, comes back to another one. */
export async function leadsTo(
  reader: Reader,
  { from, to, tie }: { readonly from: string; readonly to: string; readonly tie: "parentId" | "supervisorId" },
): Promise<boolean> {
  const seen = new Set<string>();
  for (let id: string | null = from; id !== null && !seen.has(id); ) {
    if (id === to) return true;
    seen.add(id);
    const [row]: Institution[] = await listInstitutions(reader, [id]);
    id = row?.[tie] ?? null;
  }
  return false;
}

/** The institutions that these are tied to, by id. */
export async function listTiedTo(
  reader: Reader,
  rows: readonly Pick<Institution, `${Tie}Id`>[],
): Promise<ReadonlyMap<string, Institution>> {
  const ids = rows.flatMap((row) => TIES.map((tie) => row[`${tie}Id`]));
  const tied = await listInstitutions(
    reader,
    ids.filter((id) => id !== null),
  );
  return new Map(tied.map((each) => [each.id, each]));
}
