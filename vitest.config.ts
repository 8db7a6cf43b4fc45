import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    globalSetup: ["tests/support/global-setup.ts"],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    // Much of a test is waiting, for a browser or for the pace of a lane.
    maxWorkers: 3,
    // Every test opens a fresh database; what modules hold are caches, and loading them anew took a third of the time.
    isolate: false,
  },
});
