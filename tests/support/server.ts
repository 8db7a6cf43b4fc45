import { createServer } from "node:http";
import type { AddressInfo, Server } from "node:net";
import { serve } from "@hono/node-server";
import { createApp } from "../../src/app.ts";
import { openTestApp, type TestApp, type TestAppOptions } from "./app.ts";

export interface TestServer extends TestApp {
  readonly url: string;
  /** The light page of somebody else where leaving leads; no test asks the real one. */
  readonly elsewhere: string;
}

/** The whole service on a fresh database, listening on a free port of this machine. */
export async function openTestServer(options: TestAppOptions = {}): Promise<TestServer> {
  const test = await openTestApp(options);
  const weather = createServer((_, answer) => {
    answer.setHeader("content-type", "text/html");
    answer.end("<title>Weather</title><h1>Weather</h1>");
  });
  const elsewhere = `http://localhost:${await portOf(weather.listen(0, "127.0.0.1"))}/`;
  const country = { ...test.country, leaveTo: elsewhere };
  const app = createApp(test.platform, {
    secondFactor: options.secondFactor ?? "offered",
    country,
    baseUrl: undefined,
    recoveryRecipient: options.recoveryRecipient,
    demo: false,
  });
  const server = serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 });
  return {
    ...test,
    app,
    country,
    elsewhere,
    url: `http://127.0.0.1:${await portOf(server)}`,
    async close() {
      await Promise.all([server, weather].map(closed));
      await test.close();
    },
  };
}

async function portOf(server: Pick<Server, "address" | "once" | "listening">): Promise<number> {
  if (!server.listening) await new Promise<void>((resolve) => void server.once("listening", () => resolve()));
  return (server.address() as AddressInfo).port;
}

function closed(server: ReturnType<typeof serve>): Promise<unknown> {
  return new Promise((resolve) => {
    server.close(resolve);
    if ("closeAllConnections" in server) server.closeAllConnections();
  });
}
