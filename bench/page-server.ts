import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { loadCountry } from "#country/index.ts";
import { open } from "#platform/http/guard.ts";
import { answerWhole, storable } from "#platform/http/storable.ts";
import { createApp } from "../src/app.ts";
import { loadConfig } from "../src/config.ts";
import { openPlatform } from "../src/serve.ts";

/*
 * The service with constant pages beside its own: they pass the same middleware and the same brotli, but nothing renders
 * them. Storable ones are packed once, as home is, the others each time. A bare route answers on another port.
 */

const config = loadConfig(process.env);
const platform = await openPlatform(config);
const { baseUrl, recoveryRecipient } = config;
const country = loadCountry(config.country);
const app = createApp(platform, { secondFactor: "offered", country, baseUrl, recoveryRecipient, demo: false });

const bare = new Hono().get("/", (c) => c.text("ok"));
const bareServer = serve({ fetch: bare.fetch, hostname: config.host, port: 0 });

const pages = new Map<string, string>();
app.post("/bench/:page", open, async (c) => {
  pages.set(c.req.param("page"), await c.req.text());
  return c.text("kept");
});
app.get("/bench/bare", open, (c) => c.json(bareServer.address()));
app.get("/bench/storable/:page", storable, (c) => answerWhole(c, pages.get(c.req.param("page")) ?? ""));
app.get("/bench/unstored/:page", open, (c) => answerWhole(c, pages.get(c.req.param("page")) ?? ""));

serve({ fetch: app.fetch, hostname: config.host, port: config.port }, ({ port }) => {
  process.stdout.write(`listening http://${config.host}:${port}\n`);
});
process.once("SIGTERM", () => process.exit(0));
