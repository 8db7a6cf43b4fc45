import { AsyncLocalStorage } from "node:async_hooks";

/** Finds a write that is begun inside another one, which would wait for itself. */
export interface NestedWrites {
  /** Throws inside a write. */
  refuse(): void;
  run<T>(write: () => T): T;
  end(): void;
}

const UNWATCHED: NestedWrites = { refuse: () => undefined, run: (write) => write(), end: () => undefined };

/** @param watched true in tests, which walk every way; following each promise costs a fifth of what a service does */
export function nestedWrites(watched: boolean): NestedWrites {
  if (!watched) return UNWATCHED;
  const inside = new AsyncLocalStorage<true>();
  return {
    refuse() {
      if (inside.getStore()) throw new Error("write inside write: pass the transaction on instead");
    },
    run: (write) => inside.run(true, write),
    // One that stays enabled slows every promise of the process from then on.
    end: () => inside.disable(),
  };
}
