import { describe, expect, it } from "vitest";
import { loadCountry } from "#country/index.ts";
import { absencesOf, fallbacksOf } from "#institutions/index.ts";

const country = loadCountry("RS");
const row = { id: "one", type: "csw", territory: "rs-ada" };
const away = (id: string, more: object = {}) => {
  return { id, institutionId: null, type: "csw", territory: null, fallbackId: null, from: 5, to: 9, ...more };
};
const own = { institutionId: "one", type: null };

describe("the absences of an institution", () => {
  it("are its own and those of its type where it works; one without a territory is the whole country's", () => {
    const everywhere = away("everywhere");
    expect(absencesOf(country, row, [everywhere])).toEqual([everywhere]);
    const others = [
      away("police", { type: "police" }),
      away("elsewhere", { territory: "rs-nis" }),
      away("other", { institutionId: "other", type: null }),
    ];
    expect(absencesOf(country, row, others)).toEqual([]);
  });

  it("come in the order in which their fallbacks are asked: its own first, then as they begin", () => {
    const all = [
      away("all-late", { from: 6 }),
      away("own-b", own),
      away("all", { from: 1, to: 99 }),
      away("own-a", own),
      away("own-early", { ...own, from: 0, to: 6 }),
    ];
    const ids = (some: typeof all) => absencesOf(country, row, some).map(({ id }) => id);
    const order = ["own-early", "own-a", "own-b", "all", "all-late"];
    expect(ids(all)).toEqual(order);
    expect(ids(all.toReversed())).toEqual(order);
  });
});

describe("whom its work goes to", () => {
  it("is whoever each absence names, each once, and then its own fallback", () => {
    const running = [away("a", { fallbackId: "x" }), away("b"), away("c", { fallbackId: "y" })];
    expect(fallbacksOf({ id: "one", fallbackId: "z" }, running)).toEqual(["x", "y", "z"]);
    expect(fallbacksOf({ id: "one", fallbackId: "x" }, running)).toEqual(["x", "y"]);
    expect(fallbacksOf({ id: "one", fallbackId: null }, [])).toEqual([]);
  });

  it("is never itself, which may take over for all others of its type", () => {
    expect(fallbacksOf({ id: "one", fallbackId: "z" }, [away("a", { fallbackId: "one" })])).toEqual(["z"]);
  });
});
