import { describe, expect, it } from "vitest";
import type { Routes } from "#platform/http/app.ts";
import { readFields } from "#platform/http/read-body.ts";
import { smallApp } from "./small-app.ts";

const routes = (app: Routes) =>
  app
    .get("/en/form", (c) => c.text("shown"))
    .post("/en/form", async (c) => c.text(`taken ${(await readFields(c)).get("story")?.[0]}`))
    .delete("/en/form", (c) => c.text("gone"));

const STORY = "a story of more than twelve letters";

function send(app: Routes, headers: Record<string, string | undefined>, method = "POST") {
  const given = Object.entries(headers).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return app.request("http://service.test/en/form", {
    method,
    ...(method === "GET" ? {} : { body: new URLSearchParams({ story: STORY }).toString() }),
    headers: {
      host: "service.test",
      "content-type": "application/x-www-form-urlencoded",
      ...Object.fromEntries(given),
    },
  });
}

const HERE = "http://service.test";
const SITES = [undefined, "same-origin", "same-site", "cross-site", "none", "nonsense"];
const ORIGINS = [
  undefined,
  HERE,
  "null",
  "",
  "http://evil.test",
  "http://service.test.evil.test",
  "http://service.test:81",
];
const matrix = SITES.flatMap((site) => ORIGINS.map((origin) => ({ site, origin })));

/** A browser says that it is this site, or says nothing at all. */
const isOurs = ({ site, origin }: (typeof matrix)[number]) =>
  (site === undefined || site === "same-origin") && (origin === undefined || origin === HERE);

describe("a form that was sent", () => {
  const { app } = smallApp(routes);

  it.each(matrix.filter(isOurs))("with Sec-Fetch-Site $site and Origin $origin is taken", async ({ site, origin }) => {
    const response = await send(app, { "sec-fetch-site": site, origin });
    expect([response.status, await response.text()]).toEqual([200, `taken ${STORY}`]);
  });

  it.each(matrix.filter((pair) => !isOurs(pair)))(
    "with Sec-Fetch-Site $site and Origin $origin is refused, and its text given back",
    async ({ site, origin }) => {
      const response = await send(app, { "sec-fetch-site": site, origin });
      expect(response.status).toBe(403);
      const page = await response.text();
      expect(page).toContain("The form came from another website");
      expect(page).toContain(STORY);
    },
  );

  it("with any other method that changes something is judged the same way", async () => {
    expect((await send(app, { origin: "http://evil.test" }, "DELETE")).status).toBe(403);
    expect((await send(app, { origin: HERE }, "DELETE")).status).toBe(200);
  });

  it("for a page that is not there is refused too, before anything looks at it", async () => {
    const response = await app.request("http://service.test/en/nowhere", {
      method: "POST",
      body: "a=1",
      headers: { "content-type": "application/x-www-form-urlencoded", origin: "http://evil.test" },
    });
    expect(response.status).toBe(403);
  });
});

describe("a page that another site links to", () => {
  it("opens", async () => {
    const { app } = smallApp(routes);
    const response = await send(app, { "sec-fetch-site": "cross-site", origin: "http://other.test" }, "GET");
    expect(response.status).toBe(200);
  });
});

describe("a service that knows its public address", () => {
  const { app } = smallApp(routes, "https://cuvamte.test");

  it("takes forms of that address, whatever name a proxy asks it by", async () => {
    expect((await send(app, { origin: "https://cuvamte.test", "sec-fetch-site": "same-origin" })).status).toBe(200);
    expect((await send(app, { origin: HERE, "sec-fetch-site": "same-origin" })).status).toBe(403);
  });

  it("refuses the same name without encryption, since anybody on the network can write such a page", async () => {
    expect((await send(app, { origin: "http://cuvamte.test" })).status).toBe(403);
  });
});
