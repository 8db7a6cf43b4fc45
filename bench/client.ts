import { Agent, request } from "node:http";
import { brotliDecompressSync } from "node:zlib";

/** What a browser saw. A connection that broke leaves what had arrived until then, with `broken` set. */
export interface Seen {
  readonly status: number;
  readonly location: string;
  readonly text: string;
  readonly broken: boolean;
}

export type Form = Readonly<Record<string, string | readonly string[]>>;

/** A browser without JavaScript: it keeps cookies and its connections, and asks for brotli as browsers do. */
export interface Browser {
  get(path: string): Promise<Seen>;
  post(path: string, fields: Form): Promise<Seen>;
}

/** Connections to one server, shared by the browsers of one load so that the port range is not used up. */
export function newAgent(): Agent {
  return new Agent({ keepAlive: true, maxSockets: 64 });
}

/** Opens a browser on a server that listens at `url`; pages are asked for uncompressed where `plain` is set. */
export function newBrowser(agent: Agent, url: string, plain = false): Browser {
  const { hostname, port, origin } = new URL(url);
  const jar = new Map<string, string>();

  function ask(method: string, path: string, body = ""): Promise<Seen> {
    const headers: Record<string, string | number> = { origin, "sec-fetch-site": "same-origin" };
    if (!plain) headers["accept-encoding"] = "br";
    if (jar.size > 0) headers.cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    if (method === "POST") {
      headers["content-type"] = "application/x-www-form-urlencoded";
      headers["content-length"] = Buffer.byteLength(body);
    }
    return new Promise((resolve) => {
      let seen: Seen = { status: 0, location: "", text: "", broken: true };
      const asked = request({ agent, hostname, port, method, path, headers }, (response) => {
        const chunks: Buffer[] = [];
        for (const line of response.headers["set-cookie"] ?? []) keep(jar, line);
        const finish = (broken: boolean) => {
          const packed = response.headers["content-encoding"] === "br";
          const text = textOf(Buffer.concat(chunks), packed && !broken);
          seen = { status: response.statusCode ?? 0, location: response.headers.location ?? "", text, broken };
          resolve(seen);
        };
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => finish(!response.complete));
        response.on("error", () => finish(true));
      });
      asked.on("error", () => resolve(seen));
      asked.end(body);
    });
  }

  return {
    get: (path) => ask("GET", path),
    post: (path, fields) => ask("POST", path, encode(fields)),
  };
}

function textOf(body: Buffer, packed: boolean): string {
  return (packed ? brotliDecompressSync(body) : body).toString("utf8");
}

function keep(jar: Map<string, string>, line: string): void {
  const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
  if (/max-age=0/i.test(line)) jar.delete(name);
  else jar.set(name, value);
}

function encode(fields: Form): string {
  const pairs = Object.entries(fields).flatMap(([name, value]) =>
    (typeof value === "string" ? [value] : value).map((each): [string, string] => [name, each]),
  );
  return new URLSearchParams(pairs).toString();
}
