/** No real institution has so many above it; without a bound a chain of thousands would be followed from each of them. */
const MOST_ABOVE = 50;

/** Whether somebody is above itself, through others, or has more above it than any institution. */
export function leadsBack(identifier: string, above: ReadonlyMap<string, string | null>): boolean {
  const seen = new Set<string>();
  for (let at = above.get(identifier); at && !seen.has(at); at = above.get(at)) {
    if (at === identifier || seen.size >= MOST_ABOVE) return true;
    seen.add(at);
  }
  return false;
}
