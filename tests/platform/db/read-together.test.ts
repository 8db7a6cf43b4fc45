import { expect, it } from "vitest";
import { readTogether } from "#platform/db/read-together.ts";

const known = new Map([
  ["a", "first"],
  ["b", "second"],
]);
const rows = (ids: readonly string[]) => new Map([...known].filter(([id]) => ids.includes(id)));

/** Answers from `known` and notes what each query asked for. */
function counted() {
  const asked: (readonly string[])[] = [];
  const read = readTogether(async (ids) => {
    asked.push(ids);
    return rows(ids);
  });
  return { asked, read };
}

it("asks once for what is wanted in one turn, each id once, and gives everybody the own row", async () => {
  const { asked, read } = counted();
  expect(await Promise.all(["b", "a", "b", "nobody's"].map(read))).toEqual(["second", "first", "second", undefined]);
  expect(asked).toEqual([["b", "a", "nobody's"]]);
});

it("asks anew for who comes while a query is under way, so that nobody is shown what was read before the question", async () => {
  const asked: (readonly string[])[] = [];
  let end = () => {};
  const read = readTogether(async (ids) => {
    asked.push(ids);
    const seen = rows(ids);
    await new Promise<void>((resolve) => {
      end = resolve;
    });
    return seen;
  });
  const before = read("c");
  await new Promise(setImmediate);
  known.set("c", "written since");
  const after = read("c");
  end();
  expect(await before).toBeUndefined();
  await new Promise(setImmediate);
  end();
  expect(await after).toBe("written since");
  expect(asked).toEqual([["c"], ["c"]]);
});

it("tells everybody of one query that it failed, and asks again for the next", async () => {
  let broken = true;
  const read = readTogether(async (ids) => {
    if (broken) throw new Error("the line broke");
    return rows(ids);
  });
  const both = await Promise.allSettled([read("a"), read("b")]);
  expect(both.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  broken = false;
  expect(await read("a")).toBe("first");
});

it("rejects where asking fails at once, instead of ending the process", async () => {
  const read = readTogether(() => {
    throw new Error("closed");
  });
  await expect(read("a")).rejects.toThrow("closed");
});
