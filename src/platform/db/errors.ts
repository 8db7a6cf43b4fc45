/** What went wrong in storage, without SQL or parameters: drivers put a child's words into their messages. */
export type StorageFault = "unique" | "reference" | "busy" | "full" | "refused" | "unreachable" | "other";

/** The only error that leaves `read` and `write`; its message holds a fault and a driver's code, never a value. */
export class StorageError extends Error {
  readonly fault: StorageFault;
  constructor(fault: StorageFault, code: string) {
    super(`storage: ${fault} (${code})`);
    this.name = "StorageError";
    this.fault = fault;
  }
}

const FAULTS: readonly (readonly [RegExp, StorageFault])[] = [
  [/^SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY)$|^23505$/, "unique"],
  [/^SQLITE_CONSTRAINT_FOREIGNKEY$|^23503$/, "reference"],
  [/^SQLITE_(BUSY|LOCKED)|^40001$|^40P01$/, "busy"],
  [/^SQLITE_(FULL|IOERR|CANTOPEN|READONLY_DBMOVED|CORRUPT)|^53\d\d\d$|^58\d\d\d$/, "full"],
  [/^SQLITE_READONLY|^25006$|^SQLITE_CONSTRAINT_TRIGGER$|^P0001$/, "refused"],
  [/^ECONN|^ENOTFOUND|^ETIMEDOUT|^57P0\d$|^08\d\d\d$|^55P03$|^57014$|^25P03$/, "unreachable"],
];

function codeOf(error: unknown): string | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    const code = (at as { code?: unknown }).code;
    if (typeof code === "string") return code;
  }
  return undefined;
}

function isFromDriver(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (/^(SqliteError|DrizzleQueryError|DrizzleError|DatabaseError|error)$/.test(at.name)) return true;
  }
  return error instanceof Error && (codeOf(error) !== undefined || isLostConnection(error)) && !("status" in error);
}

/** The PostgreSQL driver says these without a code. */
function isLostConnection(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (/^(Connection terminated|timeout exceeded when trying to connect|Client has encountered)/.test(at.message))
      return true;
  }
  return false;
}

/**
 * Turns a driver's error into a `StorageError`; every other error passes unchanged.
 * @param error anything that was thrown inside `read` or `write`
 */
export function asStorageError(error: unknown): unknown {
  if (error instanceof StorageError || !isFromDriver(error)) return error;
  const code = codeOf(error) ?? (isLostConnection(error) ? "ECONNLOST" : "unknown");
  const fault = FAULTS.find(([pattern]) => pattern.test(code))?.[1] ?? "other";
  return new StorageError(fault, code);
}

export function isUniqueViolation(error: unknown): boolean {
  return error instanceof StorageError && error.fault === "unique";
}

export function isRetryable(error: unknown): boolean {
  return error instanceof StorageError && error.fault === "busy";
}
