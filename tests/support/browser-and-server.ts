import type { Browser } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import type { TestAppOptions } from "./app.ts";
import { openChromium } from "./chromium.ts";
import { unpaced } from "./journey.ts";
import { openTestServer, type TestServer } from "./server.ts";

export interface BrowserAndServer {
  readonly browser: Browser;
  readonly server: TestServer;
}

/** Opens a real browser and a real server before the tests of a file, and closes both after them. */
export function useBrowserAndServer(options: TestAppOptions = {}): BrowserAndServer {
  const opened: { browser?: Browser; server?: TestServer } = {};
  beforeAll(async () => {
    opened.server = await openTestServer({ ...unpaced(), ...options });
    opened.browser = await openChromium();
  });
  afterAll(async () => {
    await opened.browser?.close();
    await opened.server?.close();
  });
  // Filled before any test runs.
  return opened as BrowserAndServer;
}
