import { setImmediate as pause } from "node:timers/promises";

/** Shorter than anybody notices, and long enough that the pauses cost nothing. */
const TURN_MS = 8;

/** Lets the requests in that wait meanwhile, between two pieces of work. */
export async function letOthersIn(): Promise<void> {
  await pause();
}

/** Runs work made of small steps, and lets requests in whenever it has held the thread for a turn. */
export async function inTurns<T>(steps: Generator<void, T>): Promise<T> {
  for (let from = performance.now(); ; ) {
    const { done, value } = steps.next();
    if (done) return value;
    if (performance.now() - from < TURN_MS) continue;
    await letOthersIn();
    from = performance.now();
  }
}

/** Runs the same work in one go, for whoever keeps nobody waiting. */
export function atOnce<T>(steps: Generator<void, T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
