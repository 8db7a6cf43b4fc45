type Query = Readonly<Record<string, string | undefined>>;

export const REGISTRY = "/staff/institutions";
export const ABSENCES = "/staff/absences";

/** The address of the list that a query shows. */
export function registryAddress(query: Query = {}, path = REGISTRY): string {
  const given = Object.entries(query).filter((pair): pair is [string, string] => Boolean(pair[1]));
  return given.length > 0 ? `${path}?${new URLSearchParams(given)}` : path;
}

/** The address of an institution; `part` is one of its forms or nothing. */
export function institutionAddress(id: string, part = ""): string {
  return `${REGISTRY}/${id}${part}`;
}
