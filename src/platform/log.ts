import pino from "pino";

/** Lines of JSON about the service, never about a person: no address, no browser, no text, no path with a value. */
export interface Log {
  info(facts: Facts, event: string): void;
  warn(facts: Facts, event: string): void;
  error(facts: Facts, event: string): void;
}

type Facts = Readonly<Record<string, string | number | boolean | undefined>>;

export function newLog(write?: (line: string) => void): Log {
  const options = { base: null, timestamp: pino.stdTimeFunctions.isoTime };
  return write ? pino(options, { write }) : pino(options);
}

export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** What may be said of an unknown error: its kind and where it came from, since messages can hold a child's words. */
export function describeError(error: unknown): { error: string; at: string } {
  if (!(error instanceof Error)) return { error: typeof error, at: "" };
  const frame = error.stack?.split("\n").find((line) => /^ {4}at .*\/(src|views)\//.test(line)) ?? "";
  const ours = /^(StorageError|Refusal|CannotWrite)$/.test(error.name);
  return { error: ours ? error.message : error.name, at: frame.trim().replace(/\(?\S*\/(src|views)\//, "$1/") };
}
