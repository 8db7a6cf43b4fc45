import { type IncomingMessage, request } from "node:http";
import { brotliDecompressSync } from "node:zlib";
import type { Answering, Asked } from "./browser.ts";

/** One request and its answer, as they went over the line. */
export interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** The bytes of the status line and the headers. */
  readonly head: number;
  /** The bytes of the body, packed as it was. */
  readonly body: number;
}

/**
 * Asks a real server for a visitor, each time over a connection of its own, and rejects where that breaks.
 * @param url where the server, or whoever stands before it, listens
 * @param heard is told each answer's weight
 */
export function overTheLine(url: string, heard: (exchange: Exchange) => void = () => undefined): Answering {
  return {
    app: {
      request: (address, init) =>
        new Promise((resolve, reject) => {
          const { pathname, search } = new URL(address);
          const path = pathname + search;
          const { hostname, port } = new URL(url);
          const method = init.method ?? "GET";
          const asked = request(
            { hostname, port, method, path, headers: headersOf(init, url), agent: false },
            (answer) => {
              const chunks: Buffer[] = [];
              answer.on("data", (chunk: Buffer) => chunks.push(chunk));
              answer.on("error", reject);
              answer.on("end", () => {
                const body = Buffer.concat(chunks);
                heard({ method, path, status: answer.statusCode ?? 0, head: headWeight(answer), body: body.length });
                resolve(responseOf(answer, body));
              });
            },
          );
          asked.on("error", reject);
          asked.end(init.body);
        }),
    },
  };
}

/** A browser names the machine that it asks, and the page that its form came from. */
function headersOf({ headers, body }: Asked, url: string): Record<string, string | number> {
  const length = typeof body === "string" ? { "content-length": Buffer.byteLength(body) } : {};
  const { host, origin } = new URL(url);
  return { "accept-encoding": "br", ...headers, host, ...(headers.origin ? { origin } : {}), ...length };
}

/** A status line and each header with its colon, space and end of line, and the empty line after them. */
function headWeight({ rawHeaders, statusCode, statusMessage }: IncomingMessage): number {
  const line = `HTTP/1.1 ${statusCode} ${statusMessage}\r\n\r\n`.length;
  return rawHeaders.reduce((sum, part) => sum + Buffer.byteLength(part) + 2, line);
}

function responseOf({ rawHeaders, statusCode = 0 }: IncomingMessage, body: Buffer): Response {
  const headers = new Headers();
  for (let at = 0; at < rawHeaders.length; at += 2) headers.append(rawHeaders[at] ?? "", rawHeaders[at + 1] ?? "");
  if (body.length === 0) return new Response(null, { status: statusCode, headers });
  const plain = headers.get("content-encoding") === "br" ? brotliDecompressSync(body) : body;
  return new Response(new Uint8Array(plain), { status: statusCode, headers });
}
