import type { Browser } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { openChromium } from "./chromium.ts";
import { unpaced } from "./journey.ts";
import { openTestServer, type TestServer } from "./server.ts";

export interface BrowserAndServer {
  readonly browser: Browser;
  readonly server: TestServer;
}

/** Opens a real browser and a real server before the tests of a file, and closes both after them. */
export function useBrowserAndServer(): BrowserAndServer {
  const opened: { browser?: Browser; server?: TestServer } = {};
  beforeAll(async () => {
    opened.server = await openTestServer(unpaced());
    opened.browser = await openChromium();
  });
  afterAll(async () => {
    await opened.browser?.close();
    await opened.server?.close();
  });
  // Filled before any test runs.
  return opened as BrowserAndServer;
}
