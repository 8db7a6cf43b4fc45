import { brotliDecompressSync } from "node:zlib";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createApp } from "../../src/app.ts";
import { openTestApp, type TestApp } from "../support/app.ts";
import { newVisitor, type Visitor } from "../support/browser.ts";
import { readyToSend } from "../support/journey.ts";

let test: TestApp;
beforeEach(async () => {
  test = await openTestApp();
});
afterEach(() => test.close());

describe("a step that nobody has answered yet", () => {
  it("is the same for everybody in these words, and names no report", async () => {
    const [one, other] = [newVisitor(test), newVisitor(test)];
    const [mine, theirs] = [await readyToSend(one), await readyToSend(other)];
    for (const page of ["6", "7", "8", "9", "3/b"]) {
      const [seen, again] = [await one.get(`${mine}/${page}`), await other.get(`${theirs}/${page}`)];
      expect(seen.text, page).toBe(again.text);
      expect(seen.text, page).not.toContain(mine.split("/")[3]);
    }
  });

  it("sends its form to itself and leads back from where it stands", async () => {
    const visitor = newVisitor(test);
    const at = await readyToSend(visitor);
    const { text } = await visitor.get(`${at}/6`);
    expect(text).toContain('<form method="post" autocomplete="off" novalidate>');
    for (const [page, before] of [
      ["6", "5"],
      ["3/b", "3"],
    ])
      expect((await visitor.post(`${at}/${page}`, { go: "back" })).path).toBe(`${at}/${before}`);
  });

  it("is shown to its own person only: with an answer it is theirs, and nobody else is shown it", async () => {
    const [one, other] = [newVisitor(test), newVisitor(test)];
    const [mine, theirs] = [await readyToSend(one), await readyToSend(other)];
    await one.get(`${mine}/6`);
    await one.post(`${mine}/6`, { when: "a day of mine" });
    const packed = async (path: string, cookies: ReadonlyMap<string, string>) => {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
      const answer = await test.app.request(path, { headers: { cookie, "accept-encoding": "br" } });
      return brotliDecompressSync(Buffer.from(await answer.arrayBuffer())).toString("utf8");
    };
    expect(await packed(`${mine}/6`, one.cookies)).toContain("a day of mine");
    expect(await packed(`${theirs}/6`, other.cookies)).not.toContain("a day of mine");
    expect((await newVisitor(test).get(`${theirs}/6`)).status).toBe(303);
  });

  it("shows whatever a service that has shown nothing yet would show, in whatever order people come", async () => {
    const people = await Promise.all(KINDS.map((kind) => begun(kind)));
    const visit = fc.record({
      who: fc.nat(people.length - 1),
      page: fc.constantFrom("2", "3", "4", "5", "6", "7", "8", "9", "3/b"),
      lang: fc.constantFrom("sr", "sr-Latn", "en"),
      answers: fc.boolean(),
    });
    let same = 0;
    const property = fc.asyncProperty(fc.array(visit, { minLength: 20, maxLength: 40 }), async (visits) => {
      for (const { who, page, lang, answers } of visits) {
        const { visitor, draft } = people[who] as Begun;
        const path = `/${lang}/r/${draft}/${page}`;
        if (answers && page === "6") await visitor.post(path, { when: `words of ${who}` });
        const warm = await visitor.get(path);
        const cold = await newVisitor({ app: coldApp() }, new Map(visitor.cookies)).get(path);
        expect([path, warm.status, warm.text]).toEqual([path, cold.status, cold.text]);
        same += Number(!warm.text.includes(draft));
      }
    });
    await fc.assert(property, { numRuns: 12 });
    expect(same).toBeGreaterThan(100);
  }, 60_000);
});

const KINDS = [
  { role: "victim_child", more: {} },
  { role: "victim_child", more: { voice: "adult" } },
  { role: "parent_victim", more: {} },
  { role: "staff_victim", more: {} },
  { role: "witness_child", more: {}, shared: true },
  { role: "victim_child", more: {}, shared: true },
] as const;

interface Begun {
  readonly visitor: Visitor;
  readonly draft: string;
}

/** Somebody of a kind in the middle of a report; one has said who harmed, one only the role. */
async function begun({ role, more, ...kind }: (typeof KINDS)[number]): Promise<Begun> {
  const visitor = newVisitor(test);
  if ("shared" in kind) await visitor.post("/en/computer", { shared: "yes" });
  const { path } = await visitor.post("/en/report", more);
  const draft = path.split("/")[3] ?? "";
  const at = `/en/r/${draft}`;
  await visitor.post(`${at}/2`, { role });
  if (role === "staff_victim") await visitor.post(`${at}/8`, { perpetrator_type: "employee" });
  if (role === "parent_victim")
    await visitor.post(`${at}/4`, { forms: ["social"], story: "words of a parent", truthful: "yes" });
  return { visitor, draft };
}

/** The same service without anything in memory, as another server beside it. */
function coldApp() {
  const { platform, country } = test;
  const options = { country, baseUrl: undefined, recoveryRecipient: undefined, demo: false } as const;
  return createApp(platform, { ...options, secondFactor: "offered" });
}
