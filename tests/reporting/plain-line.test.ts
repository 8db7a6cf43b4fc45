import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApp } from "../../src/app.ts";
import { openTestApp, type TestApp } from "../support/app.ts";
import { newVisitor, type Visitor } from "../support/browser.ts";
import { readyToSend, unpaced } from "../support/journey.ts";
import { newStaff } from "../support/new-staff.ts";

const SENTENCE = "This line is not secure.";
const STORY = "they wait for me at the gate";
let test: TestApp;
/** The same service, answering other machines without TLS. */
let plain: ReturnType<typeof createApp>;

beforeAll(async () => {
  test = await openTestApp(unpaced());
  const options = { country: test.country, baseUrl: undefined, recoveryRecipient: undefined, demo: false } as const;
  plain = createApp(test.platform, { ...options, plain: true, secondFactor: "offered" });
});
afterAll(() => test.close());

const visit = (cookies?: Visitor["cookies"]) => newVisitor({ app: plain }, cookies);

describe("a service that others can listen to", () => {
  it.each(["/en/report", "/en/report/one", "/en/track", "/en/report/turn"])(
    "shows numbers instead of %s, and a way to all of them",
    async (path) => {
      const seen = await visit().get(path);
      expect(seen.status).toBe(503);
      const main = seen.text.slice(seen.text.indexOf("<main"), seen.text.indexOf("</main>"));
      for (const part of [SENTENCE, 'href="tel:192"', 'href="tel:116111"', 'href="/en/help"'])
        expect(main).toContain(part);
      expect(main).not.toContain("<form");
    },
  );

  it("begins no report", async () => {
    expect((await visit().post("/en/report", { voice: "young" })).status).toBe(503);
    expect((await visit().post("/en/track", { code: "0000 0000 0000 0000" })).text).toContain(SENTENCE);
    expect(await test.database.raw("select id from draft")).toEqual([]);
  });

  it("takes nothing of a report that was begun on a secure line, and gives the words back", async () => {
    const visitor = newVisitor(test);
    const at = await readyToSend(visitor);
    const words = { forms: "physical", story: STORY, truthful: "yes", go: "send" };
    const seen = await visit(visitor.cookies).post(`${at}/4`, words);
    expect([seen.status, seen.text.includes(STORY)]).toEqual([503, true]);
    expect((await visit(visitor.cookies).get(`${at}/4`)).text).not.toContain("<textarea");
    expect(await test.database.raw("select id from case_file")).toEqual([]);
  });

  it("takes none from somebody at work either", async () => {
    const member = await newStaff(test, "member", "desk-other");
    const seen = await visit(member.cookies).post("/staff/report", { institution: "inst-other" });
    expect([seen.status, seen.text.includes(SENTENCE)]).toEqual([503, true]);
  });

  it("tells whoever signs in how to get TLS, and still lets them in", async () => {
    const seen = await visit().get("/staff", { "accept-language": "en" });
    for (const part of ["docs/Caddyfile", "docs/nginx.conf", "BASE_URL=https://"]) expect(seen.text).toContain(part);
    expect(seen.text).toContain('action="/staff/session"');
    expect((await newVisitor(test).get("/staff")).text).not.toContain("BASE_URL");
  });
});

describe("a service that was told of no address", () => {
  it("takes reports from its own machine alone: whoever comes by another name came through something without TLS", async () => {
    const options = { country: test.country, baseUrl: undefined, recoveryRecipient: undefined, demo: false } as const;
    const app = createApp(test.platform, { ...options, plain: "unlessLocal", secondFactor: "offered" });
    const statusFor = async (host: string) => (await newVisitor({ app }).get("/en/report", { host })).status;
    for (const host of ["localhost:3000", "127.0.0.1:3000", "[::1]:3000", "localhost"])
      expect(await statusFor(host)).toBe(200);
    for (const host of ["school.example", "192.168.1.4:3000", "localhost.evil.example", "127.0.0.1.evil.example", ""])
      expect(await statusFor(host)).toBe(503);
    expect((await newVisitor({ app }).get("/en/track", { host: "school.example" })).text).toContain(SENTENCE);
  });
});
