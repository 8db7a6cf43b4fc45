/**
 * Prepares a query that every page of a journey asks. PostgreSQL plans a named statement once for each connection;
 * SQLite, whose builder the types follow, needs no name.
 */
export function prepareNamed<T>(query: { prepare(): T }, name: string): T {
  return (query as { prepare(name: string): T }).prepare(name);
}
