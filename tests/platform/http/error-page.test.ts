import { describe, expect, it } from "vitest";
import { LaneFull } from "#platform/crypto/lane.ts";
import { CannotOpen } from "#platform/crypto/seal.ts";
import { StorageError } from "#platform/db/errors.ts";
import type { Routes } from "#platform/http/app.ts";
import { notFound } from "#platform/http/errors.ts";
import { readFields } from "#platform/http/read-body.ts";
import { openTestApp } from "../../support/app.ts";
import { newVisitor } from "../../support/browser.ts";
import { filesBelow } from "../project-files.ts";
import { HOST, post, smallApp } from "./small-app.ts";

const SECRET = "what-a-child-wrote";

const thrown: Readonly<Record<string, () => unknown>> = {
  broken: () => new Error(`failed for ${SECRET}`),
  deep: () => new TypeError("outer", { cause: new Error(SECRET) }),
  storage: () => new StorageError("busy", "SQLITE_BUSY"),
  full: () => new LaneFull(),
  key: () => new CannotOpen(),
  missing: () => notFound(),
};

function throwing(app: Routes): Routes {
  return app
    .get("/en/throws/:what/:value", (c) => {
      throw thrown[c.req.param("what")]?.();
    })
    .post("/en/throws/:what/:value", async (c) => {
      await readFields(c);
      throw thrown[c.req.param("what")]?.();
    });
}

const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString();

describe("an error that nobody foresaw", () => {
  it.each(["broken", "deep", "key"])(
    "of kind %s says nothing of its message, in the page or in the log",
    async (what) => {
      const { app, lines } = smallApp(throwing);
      const response = await app.request(`${HOST}/en/throws/${what}/value-in-the-path`);
      const page = await response.text();
      expect(response.status).toBe(500);
      expect(page).toContain("Something went wrong on our side");
      expect(page).not.toContain(SECRET);
      expect(lines.join("")).not.toContain(SECRET);
    },
  );

  it("is one line in the log with the request's id, the error's kind and the route's pattern, and the page shows the id", async () => {
    const { app, lines } = smallApp(throwing);
    const page = await (await app.request(`${HOST}/en/throws/broken/value-in-the-path?q=in-the-query`)).text();
    expect(page).toContain("request-7");
    const [failed, request] = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(failed).toMatchObject({ id: "request-7", error: "Error", msg: "request failed" });
    expect(request).toMatchObject({ id: "request-7", method: "GET", route: "/en/throws/:what/:value", status: 500 });
    expect(lines.join("")).not.toMatch(/value-in-the-path|in-the-query/);
  });

  it("comes in the person's language, with the emergency numbers, and no frame of code", async () => {
    const { app, country } = smallApp((routes) =>
      routes.get("/sr/broken", () => {
        throw new Error("x");
      }),
    );
    const page = await (await app.request(`${HOST}/sr/broken`)).text();
    expect(page).toContain("Код нас је дошло до грешке");
    const numbers = country.contacts.filter((contact) => page.includes(`href="tel:${contact.number}"`));
    expect(numbers.length).toBeGreaterThan(0);
    expect(page).toContain('href="tel:192"');
    expect(page).not.toMatch(/node_modules|\.ts:\d/);
  });
});

describe("a request that leaves no trace of a person in the log", () => {
  it("has no address, no browser, no referrer, no cookie, no text and no value of its path", async () => {
    const { app, lines } = smallApp(throwing);
    await post(app, `/en/throws/missing/${SECRET}?${SECRET}`, form({ story: SECRET }), {
      "user-agent": "a browser of one",
      referer: `${HOST}/${SECRET}`,
      cookie: `draft=${SECRET}`,
      "x-forwarded-for": "203.0.113.9",
    });
    await app.request(`${HOST}/en/nowhere/${SECRET}`);
    expect(lines).toHaveLength(2);
    expect(lines.join("")).not.toMatch(/what-a-child|browser of one|203\.0\.113|referer/);
  });
});

describe("what could not be stored", () => {
  it("is answered 503: it says clearly that it was not taken, and shows numbers to call", async () => {
    const { app } = smallApp(throwing);
    const response = await post(app, "/en/throws/storage/x", form({ story: "something long enough to keep" }));
    const page = await response.text();
    expect(response.status).toBe(503);
    expect(page).toContain("We did NOT take this");
    expect(page.match(/href="tel:/g)?.length).toBeGreaterThan(1);
  });

  it("gives every typed text back, to copy and to send again to the same address", async () => {
    const { app } = smallApp(throwing);
    const story = 'A story with <b>tags</b>, "quotes" & an end.\nSecond line.';
    const response = await post(app, "/en/throws/storage/x", form({ story, place: "school" }));
    const page = await response.text();
    expect(page).toContain("A story with &lt;b&gt;tags&lt;/b&gt;, &quot;quotes&quot; &amp; an end.\nSecond line.");
    expect(page).not.toContain("<b>tags</b>");
    expect(page).toContain('<form method="post" action="/en/throws/storage/x"');
    expect(page).toContain('<input type="hidden" name="place" value="school">');
  });

  it("is not stored, whatever the reason was, and the reason is logged without a value", async () => {
    const { app, lines } = smallApp(throwing);
    await post(app, "/en/throws/storage/x", form({ story: SECRET }));
    expect(lines[0]).toContain("storage: busy (SQLITE_BUSY)");
    expect(lines.join("")).not.toContain(SECRET);
  });
});

describe("a page about an error", () => {
  it("shows a short word that somebody typed, and nothing that a page had put into its form", async () => {
    const { app } = smallApp(throwing);
    const hidden = filesBelow("views", ".eta").flatMap(({ text }) =>
      [...text.matchAll(/type="hidden" name="(\w+)"/g)].map(([, name = ""]) => name),
    );
    const fields = Object.fromEntries(hidden.map((name) => [name, "O1Bu5Wpx"]));
    expect(Object.keys(fields)).toEqual(expect.arrayContaining(["once", "seen", "shown", "version"]));
    const page = await (await post(app, "/en/throws/storage/x", form({ ...fields, words: "hello" }))).text();
    expect([...page.matchAll(/<textarea[^>]*>\s*([^<]*)</g)].map(([, text]) => text)).toEqual(["hello"]);
  });

  it("speaks of the text only where something was typed", async () => {
    const { app } = smallApp(throwing);
    for (const what of ["storage", "broken", "missing"]) {
      const nothing = await (
        await post(app, `/en/throws/${what}/x`, form({ once: "0123456789abcdef", story: " " }))
      ).text();
      expect(nothing, what).not.toMatch(/What you wrote<|below|Copy it|<textarea/);
      const some = await (await post(app, `/en/throws/${what}/x`, form({ story: "a text" }))).text();
      expect(some, what).toMatch(/What you wrote<.*Copy it.*a text<\/textarea>/s);
    }
  });

  it("that asks to send again gives a button that sends every field again", async () => {
    const { app } = smallApp(throwing);
    const once = "0123456789abcdef";
    for (const fields of [{ once }, { once, story: "a text" }]) {
      const page = await (await post(app, "/en/throws/broken/x", form(fields))).text();
      expect(page).toContain("Send it again in a minute");
      expect(page).toContain('<form method="post" action="/en/throws/broken/x"');
      for (const [name, value] of Object.entries(fields))
        expect(page).toContain(`<input type="hidden" name="${name}" value="${value}">`);
    }
    const read = await (await app.request(`${HOST}/en/throws/broken/x`)).text();
    expect(read).not.toMatch(/Send it again|<form/);
    expect(await (await post(app, "/en/throws/missing/x", form({ once }))).text()).not.toContain("<form");
  });

  it("takes the place of the page when htmx asked for a part of it, and is an ordinary page otherwise", async () => {
    const { app } = smallApp(throwing);
    const answer = await app.request(`${HOST}/en/throws/broken/x`, { headers: { "hx-request": "true" } });
    expect(answer.headers.get("hx-retarget")).toBe("#main");
    expect(answer.headers.get("hx-reselect")).toBe("#main");
    expect(await answer.text()).toContain('<main id="main"');
    expect((await app.request(`${HOST}/en/throws/broken/x`)).headers.get("hx-retarget")).toBeNull();
  });
});

describe("a secret that was typed", () => {
  it.each(["password", "code", "new-password", "recoveryCode", "token"])(
    "in a field called %s is never written back",
    async (name) => {
      for (const what of ["storage", "broken", "full", "missing"]) {
        const { app } = smallApp(throwing);
        const typed = form({ [name]: "1234-typed-secret-5678", story: "a text that does come back" });
        const page = await (await post(app, `/en/throws/${what}/x`, typed)).text();
        expect(page).not.toContain("typed-secret");
        expect(page).toContain("a text that does come back");
      }
    },
  );

  it("is asked for anew: a form that lacks it cannot be sent again by a button", async () => {
    const { app } = smallApp(throwing);
    const typed = form({ password: "1234-typed-secret-5678", email: "somebody@example.org" });
    expect(await (await post(app, "/en/throws/full/x", typed)).text()).not.toContain("<form");
  });

  it("is not written back in letters of another size either", async () => {
    const { app } = smallApp(throwing);
    const typed = form({ Password: "1234-typed-secret-5678", CODE: "1234-typed-secret-5678" });
    expect(await (await post(app, "/en/throws/storage/x", typed)).text()).not.toContain("typed-secret");
  });
});

describe("too many at once", () => {
  it("is said to be nobody's fault, and can be sent again in a moment", async () => {
    const { app } = smallApp(throwing);
    const response = await post(app, "/en/throws/full/x", form({ story: "a text that does come back" }));
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, "5"]);
    const text = await response.text();
    expect(text).toContain('action="/en/throws/full/x"');
    expect(text).toContain("Nothing is lost.");
    expect(text).not.toContain("Too many tries");
  });
});

describe("a page that does not exist", () => {
  it("is answered 404 in the language of its address", async () => {
    const { app } = smallApp(throwing);
    const response = await app.request(`${HOST}/sr-Latn/nowhere`);
    expect(response.status).toBe(404);
    expect(await response.text()).toContain("Ova stranica ne postoji");
  });
});

describe("the whole service with a database that refuses", () => {
  it("says that a report was not taken and gives its text back", async () => {
    const service = await openTestApp();
    const refusing = () => Promise.reject(new StorageError("full", "SQLITE_FULL"));
    const broken = { ...service.platform.db, read: refusing, write: refusing };
    const other = await openTestApp({ withDesk: false, platform: { db: broken } });
    const visitor = newVisitor(other, new Map([["track", "x"]]));
    const words = "what was added, long enough to be shown again";
    for (const path of ["/en/track", "/sr/track"]) {
      const seen = await visitor.post(path, { code: "1234567890123456", words });
      expect(seen.status).toBe(503);
      expect(seen.text).toContain('href="tel:192"');
      expect(seen.text).toContain(words);
      expect(seen.text).not.toContain("1234567890123456");
    }
    const home = await visitor.get("/en/");
    expect(home.status).toBe(200);
    await other.close();
    await service.close();
  });
});
