/** How a kind of request went under load. */
export interface Measured {
  readonly count: number;
  readonly errors: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** Runs `work` `times` times, `width` at once; a run that throws counts as an error and not as done. */
export async function measure(
  times: number,
  width: number,
  work: (turn: number) => Promise<unknown>,
): Promise<Measured> {
  const took: number[] = [];
  let next = 0;
  let errors = 0;
  const from = performance.now();
  const worker = async () => {
    while (next < times) {
      const turn = next++;
      const began = performance.now();
      try {
        await work(turn);
        took.push(performance.now() - began);
      } catch {
        errors++;
      }
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  return summary(took, performance.now() - from, errors);
}

/** Starts `work` at a steady pace whatever the answers take, as people do who do not know of each other. */
export async function pace(
  times: number,
  perSecond: number,
  work: (turn: number) => Promise<unknown>,
): Promise<Measured> {
  const took: number[] = [];
  let errors = 0;
  const from = performance.now();
  const one = async (turn: number) => {
    const due = from + (turn * 1000) / perSecond;
    await new Promise((resolve) => setTimeout(resolve, due - performance.now()));
    try {
      await work(turn);
      took.push(performance.now() - due);
    } catch {
      errors++;
    }
  };
  await Promise.all(Array.from({ length: times }, (_, turn) => one(turn)));
  return summary(took, performance.now() - from, errors);
}

/** Latencies in milliseconds as the figures that the table shows. */
export function summary(took: readonly number[], elapsedMs: number, errors = 0): Measured {
  const sorted = [...took].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return {
    count: sorted.length,
    errors,
    perSecond: (sorted.length * 1000) / elapsedMs,
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
  };
}
