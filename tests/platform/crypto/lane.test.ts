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
        const lane = newLane(width, Number.POSITIVE_INFINITY);
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
    const lane = newLane(1, 2);
    let release = () => {};
    const first = lane.run(() => new Promise<void>((resolve) => (release = resolve)));
    const waiting = [lane.run(async () => "second"), lane.run(async () => "third")];
    await expect(lane.run(async () => "too late")).rejects.toThrow(LaneFull);
    release();
    await first;
    expect(await Promise.all(waiting)).toEqual(["second", "third"]);
    expect(await lane.run(async () => "again")).toBe("again");
  });

  it("that is full of guesses leaves the one for reports free", async () => {
    const { guessable, submission } = newLanes();
    for (let guess = 0; guess < 201; guess++) void guessable.run(async () => guess);
    await expect(guessable.run(async () => "guess")).rejects.toThrow(LaneFull);
    expect(await submission.run(async () => "report")).toBe("report");
  });

  it("that is paced holds each place for a while, so that guessing is slow, but answers as soon as it is done", async () => {
    const lane = newLane(1, 10, 150);
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
