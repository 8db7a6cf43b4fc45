/** Thrown when more work waits than a lane lets wait; the page for it asks the person to try again in a moment. */
export class LaneFull extends Error {
  constructor() {
    super("too many wait in this lane");
    this.name = "LaneFull";
  }
}

/** Runs work a few at a time in the order it came, so that one kind of work cannot starve another. */
export interface Lane {
  run<T>(work: () => Promise<T>): Promise<T>;
}

/**
 * @param width how many run at once
 * @param longest how many may wait before `LaneFull` is thrown
 * @param paceMs each place is held at least so long, which bounds the work done in a second
 */
export function newLane(width: number, longest: number, paceMs = 0): Lane {
  const waiting: (() => void)[] = [];
  let running = 0;

  function leave(): void {
    const next = waiting.shift();
    if (next) next();
    else running--;
  }

  return {
    async run(work) {
      if (running >= width) {
        if (waiting.length >= longest) throw new LaneFull();
        await new Promise<void>((resolve) => waiting.push(resolve));
      } else {
        running++;
      }
      const begun = performance.now();
      try {
        return await work();
      } finally {
        const rest = paceMs - (performance.now() - begun);
        if (rest > 0) setTimeout(leave, rest);
        else leave();
      }
    },
  };
}
