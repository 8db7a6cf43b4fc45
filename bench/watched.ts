import { monitorEventLoopDelay } from "node:perf_hooks";

/** How long work takes, and the longest time in which the event loop stood still. */
export async function watched(work: () => Promise<unknown>): Promise<{ ms: number; pauseMs: number }> {
  const resolution = 1;
  const delay = monitorEventLoopDelay({ resolution });
  delay.enable();
  const from = performance.now();
  await work();
  const ms = performance.now() - from;
  delay.disable();
  return { ms, pauseMs: Math.max(0, delay.max / 1e6 - resolution) };
}
