import { randomInt } from "node:crypto";

/** Thrown for whoever had to make room in a lane; the page for it keeps asking, so that it delays and never refuses. */
export class LaneFull extends Error {
  constructor() {
    super("too many wait in this lane");
    this.name = "LaneFull";
  }
}

/** Runs work a few at a time, so that one kind of work cannot starve another. */
export interface Lane {
  run<T>(work: () => Promise<T>): Promise<T>;
}

export interface LaneLimits {
  /** How many run at once. */
  readonly width: number;
  /** How many may wait before one of them has to make room. */
  readonly longest: number;
  /**
   * Who comes next is drawn, and so is who makes room: were it the order of coming, a flood could hold every place for
   * ever, while a draw lets everybody through in the end who keeps asking.
   */
  readonly drawn?: boolean;
  /** Each place is held at least so long, in milliseconds, which bounds the work done in a second. */
  readonly paceMs?: number;
}

interface Waiting {
  begin(): void;
  giveUp(): void;
}

export function newLane({ width, longest, drawn = false, paceMs = 0 }: LaneLimits): Lane {
  const waiting: Waiting[] = [];
  let running = 0;

  /** Takes one out: a drawn one, or the first or last that came. */
  function takeOut(end: "first" | "last"): Waiting | undefined {
    if (!drawn || waiting.length === 0) return end === "first" ? waiting.shift() : waiting.pop();
    return waiting.splice(randomInt(waiting.length), 1)[0];
  }

  function leave(): void {
    const next = takeOut("first");
    if (next) next.begin();
    else running--;
  }

  function wait(): Promise<void> {
    const turn = new Promise<void>((begin, reject) => waiting.push({ begin, giveUp: () => reject(new LaneFull()) }));
    if (waiting.length > longest) takeOut("last")?.giveUp();
    return turn;
  }

  return {
    async run(work) {
      if (running >= width) await wait();
      else running++;
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
