import { setTimeout as pause } from "node:timers/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LaneFull, newLane } from "#platform/crypto/lane.ts";
import { newLanes } from "#platform/platform.ts";

describe("a lane", () => {
  it("begins work in the order it came and never does more at once than it is wide", async () => {
    const works = fc.array(fc.record({ ms: fc.integer({ min: 0, max: 3 }), fails: fc.boolean() }), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(works, fc.integer({ min: 1, max: 4 }), async (all, width) => {
        const lane = newLane({ width, longest: Number.POSITIVE_INFINITY });
        const begun: number[] = [];
        let running = 0;
        let most = 0;
        const outcomes = await Promise.allSettled(
          all.map(({ ms, fails }, at) =>
            lane.run(async () => {
              begun.push(at);
              most = Math.max(most, ++running);
              await pause(ms);
              running--;
              if (fails) throw new Error("failed");
              return at;
            }),
          ),
        );
        expect(begun).toEqual(all.map((_, at) => at));
        expect(most).toBeLessThanOrEqual(width);
        expect(outcomes.map(({ status }) => status === "rejected")).toEqual(all.map(({ fails }) => fails));
      }),
      { numRuns: 25 },
    );
  });

  it("turns away whoever comes when too many wait, and takes the next when there is room again", async () => {
    const lane = newLane({ width: 1, longest: 2 });
    let release = () => {};
    const first = lane.run(() => new Promise<void>((resolve) => (release = resolve)));
    const waiting = [lane.run(async () => "second"), lane.run(async () => "third")];
    await expect(lane.run(async () => "too late")).rejects.toThrow(LaneFull);
    release();
    await first;
    expect(await Promise.all(waiting)).toEqual(["second", "third"]);
    expect(await lane.run(async () => "again")).toBe("again");
  });

  it("that draws makes a drawn one give way when too many wait, and lets everybody else through", async () => {
    const lane = newLane({ width: 1, longest: 3, drawn: true });
    const gaveWay = new Set<number>();
    for (let round = 0; round < 60; round++) {
      let release = () => {};
      const first = lane.run(() => new Promise<void>((resolve) => (release = resolve)));
      const outcomes = Promise.allSettled([0, 1, 2, 3].map((at) => lane.run(async () => at)));
      release();
      await first;
      const refused = (await outcomes).flatMap(({ status }, at) => (status === "rejected" ? [at] : []));
      expect(refused).toHaveLength(1);
      for (const at of refused) gaveWay.add(at);
    }
    expect([...gaveWay].sort()).toEqual([0, 1, 2, 3]);
  });

  it("that draws lets somebody through who keeps asking while a flood holds every place", async () => {
    const lane = newLane({ width: 1, longest: 20, drawn: true });
    let flooding = true;
    const guess = async () => {
      while (flooding) await lane.run(() => pause(1)).catch(() => pause(1));
    };
    const flood = Array.from({ length: 60 }, guess);
    await pause(20);
    let tries = 0;
    let through = false;
    while (!through && ++tries < 500) {
      through = await lane.run(async () => true).catch(() => pause(2, false));
    }
    flooding = false;
    await Promise.all(flood);
    expect(through).toBe(true);
  });

  it("that is full of guesses leaves the one for reports free", async () => {
    const { guessable, submission } = newLanes();
    const guesses = Array.from({ length: 202 }, (_, guess) => guessable.run(async () => guess));
    expect(await submission.run(async () => "report")).toBe("report");
    await expect(Promise.all(guesses)).rejects.toThrow(LaneFull);
  });

  it("that is paced holds each place for a while, so that guessing is slow, but answers as soon as it is done", async () => {
    const lane = newLane({ width: 1, longest: 10, paceMs: 150 });
    const begun = performance.now();
    await lane.run(async () => undefined);
    expect(performance.now() - begun).toBeLessThan(140);
    await Promise.all([
      lane.run(async () => undefined),
      lane.run(() => Promise.reject(new Error("failed"))).catch(() => 0),
    ]);
    await lane.run(async () => undefined);
    expect(performance.now() - begun).toBeGreaterThan(440);
  });

  it("for reports turns nobody away", async () => {
    const { submission } = newLanes();
    const sent = await Promise.all(Array.from({ length: 2000 }, (_, n) => submission.run(async () => n)));
    expect(sent).toHaveLength(2000);
  });
});
