import { setImmediate as pause } from "node:timers/promises";

/** Shorter than anybody notices, and long enough that the pauses cost nothing. */
const TURN_MS = 8;

/** Runs work made of small steps, and lets requests in whenever it has held the thread for a turn. */
export async function inTurns<T>(steps: Generator<void, T>): Promise<T> {
  for (let from = performance.now(); ; ) {
    const { done, value } = steps.next();
    if (done) return value;
    if (performance.now() - from < TURN_MS) continue;
    await pause();
    from = performance.now();
  }
}
