/**
 * Turns a query for many ids into one for a single id: what requests ask for in one turn of the event loop goes to the
 * server as one query, whose way over the socket costs more than the rows.
 * @param readMany rows by their ids; an id without a row is left out
 * @returns reads one row, undefined where there is none; rejects as `readMany` does
 */
export function readTogether<T>(
  readMany: (ids: readonly string[]) => Promise<ReadonlyMap<string, T>>,
): (id: string) => Promise<T | undefined> {
  let waiting: Set<string> | undefined;
  let rows: Promise<ReadonlyMap<string, T>>;
  const gather = async () => {
    await new Promise(setImmediate);
    const ids = [...(waiting ?? [])];
    waiting = undefined;
    return readMany(ids);
  };
  return async (id) => {
    if (!waiting) {
      waiting = new Set();
      rows = gather();
    }
    waiting.add(id);
    return (await rows).get(id);
  };
}
