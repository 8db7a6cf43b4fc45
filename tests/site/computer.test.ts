import { Hono } from "hono";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AppEnv, Routes } from "#platform/http/app.ts";
import { open } from "#platform/http/guard.ts";
import { closeWhenIdle } from "../../src/close-when-idle.ts";
import { purge } from "../../src/serve.ts";
import { codeIn } from "../reporting/journey.ts";
import { openTestApp, type TestApp } from "../support/app.ts";
import { newVisitor, type Visitor } from "../support/browser.ts";
import { fillReport, numbersOn, readyToSend, sendShortReport, signInAs, track, unpaced } from "../support/journey.ts";

const MINUTE = 60_000;
let test: TestApp;
let pupil: Visitor;

beforeEach(async () => {
  test = await openTestApp(unpaced());
  pupil = newVisitor(test);
});
afterEach(() => test.close());

const share = (visitor = pupil) => visitor.send("/en/computer", { shared: "yes" });

describe("a shared or school computer", () => {
  it("is switched on by one act, which gives a cookie that ends with the browser", async () => {
    expect((await pupil.get("/en/computer")).headers.getSetCookie()).toEqual([]);
    const { headers } = await pupil.post("/en/computer", { shared: "yes" });
    expect(headers.getSetCookie()).toHaveLength(1);
    expect(headers.getSetCookie()[0]).toMatch(/^c=1;.*HttpOnly/);
    expect(headers.getSetCookie()[0]).not.toMatch(/max-age|expires/i);
    expect((await pupil.get("/en/computer")).text).toContain("It is switched on.");
  });

  it("says so on every page, with a way to end at once, and can be switched off", async () => {
    expect((await pupil.get("/en/")).text).not.toContain("School computer:");
    await share();
    for (const path of ["/en/", "/en/help", "/en/report", "/staff"]) {
      const { text } = await pupil.get(path, { "accept-language": "en" });
      expect(text, path).toContain("School computer: closes by itself after 5 minutes.");
      expect(text, path).toMatch(/<a href="\/leave"[^>]*>End now</);
    }
    await pupil.send("/en/computer", { shared: "no" });
    expect((await pupil.get("/en/")).text).not.toContain("School computer:");
  });

  it("lets a sensitive page leave by itself after five minutes, and no other, without a script", async () => {
    const at = await readyToSend(pupil);
    const refresh = async (path: string) => (await pupil.get(path)).headers.get("refresh");
    expect(await refresh(`${at}/4`)).toBeNull();
    await share();
    for (const path of ["/en/report", "/en/track", "/en/report/one", `${at}/4`, "/staff", "/en/learn"])
      expect(await refresh(path), path).toBe("300;url=/leave");
    for (const path of ["/en/", "/en/help", "/en/computer"]) expect(await refresh(path), path).toBeNull();
  });

  it("lets no page with its note lie in a cache, also where the page itself would allow it", async () => {
    const app: Routes = new Hono<AppEnv>();
    app.use(async (c, next) => {
      c.set("carried", new Map());
      await next();
    });
    app.use(closeWhenIdle(test.platform));
    app.get("/en/kept", open, (c) => c.html("x", 200, { "Cache-Control": "public, max-age=60" }));
    const kept = async () => (await newVisitor({ app }, pupil.cookies).get("/en/kept")).headers.get("cache-control");
    expect(await kept()).toBe("public, max-age=60");
    await share();
    expect(await kept()).toBe("no-store");
  });

  it("stays on for the next person after somebody left", async () => {
    await share();
    await pupil.get("/leave");
    expect((await pupil.get("/en/help")).text).toContain("School computer:");
  });
});

/** What the button "I am still here" sends, on the page of a form. */
const STAYING = { go: "stay" };

describe("somebody who writes for long on a shared computer", () => {
  it("has a button that keeps the text and gives five more minutes, on every page with a form", async () => {
    const at = await readyToSend(pupil);
    const { code } = await sendShortReport(newVisitor(test));
    await track(pupil, code);
    const pages: readonly (readonly [shown: string, sent: string, name: string])[] = [
      [`${at}/4`, `${at}/4`, "story"],
      ["/en/report/one", "/en/report/one", "story"],
      ["/en/track", "/en/track/messages", "words"],
    ];
    for (const [shown] of pages) expect((await pupil.get(shown)).text, shown).not.toContain("I am still here");
    await share();
    for (const [shown, sent, name] of pages) {
      const { text } = await pupil.get(shown);
      expect(text, shown).toContain('<a href="#stay">I am still here</a>');
      expect(text, shown).toMatch(/id="stay"><button class="button second" name="go" value="stay">I am still here/);
      expect(text, shown).toContain('data-stay="/en/page"');
      const draft = /name="draft" value="([^"]+)"/.exec(text)?.[1];
      for (let minutes = 0; minutes < 3; minutes++) {
        test.pass(4.9 * MINUTE);
        // What is open elsewhere in this browser stays open with it.
        const stayed = await pupil.post(sent, { ...STAYING, [name]: "a long <story>", ...(draft ? { draft } : {}) });
        expect(stayed.status, sent).toBe(200);
        expect(stayed.text, sent).toContain("a long &lt;story&gt;</textarea>");
        expect(stayed.headers.get("refresh"), sent).toBe("300;url=/leave");
      }
    }
  });

  it("has it on the page of a case too, and a link where nothing can be typed", async () => {
    await sendShortReport(newVisitor(test));
    await share();
    await signInAs(pupil);
    const list = await pupil.get("/staff/cases");
    expect(list.text).toContain('<a href="">I am still here</a>');
    const [number] = numbersOn(list);
    const path = `/staff/cases/${number}`;
    expect((await pupil.get(path)).text).toMatch(/id="stay"><button class="button second">I am still here/);
    const stayed = await pupil.post(path, { note: "half a <note>" });
    expect(stayed.text).toContain("half a &lt;note&gt;</textarea>");
    expect(stayed.headers.get("refresh")).toBe("300;url=/leave");
  });

  it("stays by typing, since a script asks for a light page that puts the end off", async () => {
    await share();
    const at = await readyToSend(pupil);
    for (let minutes = 0; minutes < 3; minutes++) {
      test.pass(4.9 * MINUTE);
      const light = await pupil.get("/en/page");
      expect([light.status, light.headers.get("refresh")]).toEqual([200, null]);
    }
    test.pass(4.9 * MINUTE);
    expect((await pupil.get(`${at}/4`)).status).toBe(200);
  });
});

describe("on a shared computer", () => {
  it("a draft ends five minutes after the last request, and nothing of it is kept", async () => {
    await share();
    const at = await readyToSend(pupil);
    for (let looks = 0; looks < 3; looks++) {
      test.pass(4.9 * MINUTE);
      expect((await pupil.get(`${at}/4`)).text).toContain("they push me in the corridor");
    }
    test.pass(4.9 * MINUTE);
    await pupil.get("/en/help");
    test.pass(4.9 * MINUTE);
    expect((await pupil.get(`${at}/4`)).status).toBe(200);
    test.pass(5.1 * MINUTE);
    expect((await pupil.get(`${at}/4`)).status).toBe(410);
    expect((await pupil.post(`${at}/10`, { go: "send" })).status).toBe(410);
    await purge(test.platform);
    expect(await test.database.raw("select id from draft")).toEqual([]);
  });

  it("a draft that was begun before ends five minutes after switching on", async () => {
    const at = await readyToSend(pupil);
    await share();
    test.pass(5.1 * MINUTE);
    expect((await pupil.get(`${at}/4`)).status).toBe(410);
  });

  it("the code is shown five minutes at a time and never longer than elsewhere", async () => {
    await share();
    const { paths } = await fillReport(pupil);
    const done = paths.at(-1) ?? "";
    for (let passed = 0; passed <= 28; passed += 4) {
      expect(codeIn(await pupil.get(done)), `${passed} minutes`).toBeDefined();
      test.pass(4 * MINUTE);
    }
    expect((await pupil.get(done)).path).toBe("/en/page");
    const { paths: others } = await fillReport(pupil);
    test.pass(5.1 * MINUTE);
    expect((await pupil.get(others.at(-1) ?? "")).path).toBe("/en/page");
  });

  it("an opened report closes five minutes after the last request", async () => {
    const { code } = await sendShortReport(newVisitor(test));
    await share();
    await track(pupil, code);
    test.pass(4.9 * MINUTE);
    expect((await pupil.get("/en/track")).text).toContain("Your report");
    test.pass(4.9 * MINUTE);
    expect((await pupil.get("/en/track")).text).toContain("Your report");
    test.pass(5.1 * MINUTE);
    expect((await pupil.get("/en/track")).text).toContain('name="code"');
    await pupil.post("/en/track/messages", { words: "is anybody there" });
    expect(await test.database.raw("select kind from entry where kind like 'message%'")).toEqual([]);
  });

  it("a staff session ends five minutes after the last page", async () => {
    await signInAs(pupil);
    const left = async () =>
      Number((await test.database.raw("select expires_at from session"))[0]?.expires_at) - Date.now();
    await pupil.get("/staff/account");
    expect(await left()).toBeGreaterThan(25 * MINUTE);
    await share();
    expect(await left()).toBeLessThanOrEqual(5 * MINUTE);
    await test.database.raw(`update session set expires_at = ${Date.now() + MINUTE}`);
    expect((await pupil.get("/staff/account")).status).toBe(200);
    expect(await left()).toBeGreaterThan(4 * MINUTE);
    expect(await left()).toBeLessThanOrEqual(5 * MINUTE);
    await test.database.raw(`update session set expires_at = ${Date.now() - 1}`);
    expect((await pupil.get("/staff/account")).path).toBe("/staff");
  });

  it("somebody else's browser keeps its usual time", async () => {
    const parent = newVisitor(test);
    const at = await readyToSend(parent);
    const { code } = await sendShortReport(newVisitor(test));
    await track(parent, code);
    await share();
    await track(pupil, code);
    await readyToSend(pupil);
    test.pass(29 * MINUTE);
    expect((await parent.get("/en/track")).text).toContain("Your report");
    expect((await parent.get(`${at}/4`)).status).toBe(200);
  });
});

describe("after a shared computer was switched off", () => {
  const unshare = () => pupil.post("/en/computer", { shared: "no" });

  it("a draft lives its two hours again", async () => {
    await share();
    const at = await readyToSend(pupil);
    test.pass(4 * MINUTE);
    await unshare();
    for (const later of [6, 113]) {
      test.pass(later * MINUTE);
      expect((await pupil.get(`${at}/4`)).text, `${later} minutes`).toContain("they push me in the corridor");
    }
    test.pass(2 * MINUTE);
    expect((await pupil.get(`${at}/4`)).status).toBe(410);
  });

  it("the code of a sent report is shown its half hour, and an opened report stays open", async () => {
    await share();
    const { paths, code } = await fillReport(pupil);
    const done = paths.at(-1) ?? "";
    await track(pupil, code);
    await unshare();
    test.pass(29 * MINUTE);
    expect(codeIn(await pupil.get(done))).toBe(code);
    expect((await pupil.get("/en/track")).text).toContain("Your report");
    test.pass(1.1 * MINUTE);
    expect((await pupil.get(done)).path).toBe("/en/page");
  });

  it("what was over already stays over", async () => {
    await share();
    const at = await readyToSend(pupil);
    const { paths, code } = await fillReport(pupil);
    await track(pupil, code);
    test.pass(5.1 * MINUTE);
    await unshare();
    expect((await pupil.get(`${at}/4`)).status).toBe(410);
    expect((await pupil.get(paths.at(-1) ?? "")).path).toBe("/en/page");
    expect((await pupil.get("/en/track")).text).toContain('name="code"');
  });

  it("where it was never switched on, the same act gives no draft a longer life", async () => {
    const at = await readyToSend(pupil);
    test.pass(60 * MINUTE);
    await unshare();
    test.pass(61 * MINUTE);
    expect((await pupil.get(`${at}/4`)).status).toBe(410);
  });
});

it("the act that switches a shared computer on already shortens what is open", async () => {
  const at = await readyToSend(pupil);
  await pupil.post("/en/computer", { shared: "yes" });
  test.pass(5.1 * MINUTE);
  expect(
    (await newVisitor(test, new Map([...pupil.cookies].filter(([name]) => name !== "c"))).get(`${at}/4`)).status,
  ).toBe(410);
});
