import type { Competence } from "#country/index.ts";
import type { Directory, Listed } from "./directory.ts";

/**
 * Gives a test for who belongs to the house of an institution: itself, the branches beside, above and below it, and the
 * bodies it belongs to. Others of those bodies do not: every school of a country may belong to one ministry.
 */
export function houseOf(
  { placeTypes }: Pick<Competence, "placeTypes">,
  directory: Pick<Directory, "find">,
  institution: Listed,
): (other: Listed) => boolean {
  const kinds = new Set(Object.values(placeTypes).flat());
  const root = rootOf(directory, kinds, institution);
  const above = new Set(withParents(directory, root).map(({ id }) => id));
  return (other) => above.has(other.id) || rootOf(directory, kinds, other).id === root.id;
}

/** The uppermost body of its own kind, such as the school that a branch belongs to. */
function rootOf(directory: Pick<Directory, "find">, kinds: ReadonlySet<string>, institution: Listed): Listed {
  const line = withParents(directory, institution);
  const foreign = line.findIndex((each) => each !== institution && !kinds.has(each.type));
  return (foreign < 0 ? line : line.slice(0, foreign)).at(-1) ?? institution;
}

/** An institution and everything above it; a circle ends where it began. */
function withParents({ find }: Pick<Directory, "find">, institution: Listed): readonly Listed[] {
  const line = new Set<Listed>();
  for (let each: Listed | undefined = institution; each && !line.has(each); ) {
    line.add(each);
    each = each.parentId === null ? undefined : find(each.parentId);
  }
  return [...line];
}
