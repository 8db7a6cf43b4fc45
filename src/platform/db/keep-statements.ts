import type Sqlite from "better-sqlite3";

/** More than the application has; lists of many ids make some of every length. */
const MOST = 500;

/**
 * Makes a connection keep the statements that it prepared, by their text: preparing one takes longer than most take to
 * run. What was not used for longest is let go of first.
 */
export function keepStatements(connection: Sqlite.Database): void {
  const kept = new Map<string, Sqlite.Statement>();
  const prepare = connection.prepare.bind(connection);
  connection.prepare = ((source: string) => {
    const statement = kept.get(source) ?? prepare(source);
    kept.delete(source);
    kept.set(source, statement);
    const [oldest] = kept.keys();
    if (kept.size > MOST && oldest !== undefined) kept.delete(oldest);
    // Whoever had it last may have asked for rows as lists.
    return statement.reader ? statement.raw(false) : statement;
  }) as typeof connection.prepare;
}
