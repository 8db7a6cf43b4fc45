import { connect } from "node:net";
import { serve } from "@hono/node-server";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { readFields } from "#platform/http/read-body.ts";
import { readUpload } from "#platform/http/read-upload.ts";
import { smallApp } from "./small-app.ts";

const { app, lines } = smallApp((routes) =>
  routes
    .post("/en/form", async (c) => c.json([...(await readFields(c))]))
    .post("/en/file", async (c) => c.json((await readUpload(c, "file", 1_000)).ok)),
);

let server: ReturnType<typeof serve>;
let port = 0;
beforeAll(
  () =>
    new Promise<void>((resolve) => {
      server = serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 }, (info) => {
        port = info.port;
        resolve();
      });
    }),
);
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => void lines.splice(0));

/** Sends a part of a request, and goes away without waiting for an answer. */
async function begin(path: string, headers: string, body: string): Promise<void> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => undefined);
  socket.write(`POST ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n${headers}\r\n\r\n${body}`);
  // The service has to have begun to read.
  await new Promise((resolve) => setTimeout(resolve, 150));
  socket.destroy();
  await vi.waitFor(() => expect(lines).not.toEqual([]), { timeout: 5_000 });
}

const LONG = "content-length: 100000";
const FORM = "content-type: application/x-www-form-urlencoded";
const FILE = "content-type: multipart/form-data; boundary=x";

describe("a request that breaks off", () => {
  it.each([
    ["a form", "/en/form", `${FORM}\r\n${LONG}`, "words=they+lau"],
    ["a form from another site", "/en/form", `sec-fetch-site: cross-site\r\n${FORM}\r\n${LONG}`, "words=they+lau"],
    [
      "a form in pieces of which one is none",
      "/en/form",
      `${FORM}\r\ntransfer-encoding: chunked`,
      "5\r\nwords\r\nZZ\r\n",
    ],
    ["a file", "/en/file", `${FILE}\r\n${LONG}`, "--x\r\ncontent-disp"],
  ])("is a line about who went away, not about an error of ours: %s", async (_, path, headers, body) => {
    await begin(path, headers, body);
    const logged = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(logged.map(({ level, msg, route, status }) => [level, msg, route, status])).toEqual([
      [30, "request", path, 400],
    ]);
  });
});
