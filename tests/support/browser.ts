import type { Multipart } from "./multipart.ts";

/** A person's browser without JavaScript: keeps cookies, follows redirects when asked, sends forms. */
export interface Visitor {
  readonly cookies: Map<string, string>;
  get(path: string, headers?: Record<string, string>): Promise<Seen>;
  post(path: string, fields: Form | Multipart, headers?: Record<string, string>): Promise<Seen>;
  /** Sends a form and looks at the page it leads to. */
  send(path: string, fields: Form): Promise<Seen>;
  /** Takes time, as a person does; nothing where the service keeps its own clock. */
  linger(ms: number): void;
}

export interface Seen {
  readonly status: number;
  readonly text: string;
  /** Where a redirect leads, or the address that was opened. */
  readonly path: string;
  readonly headers: Headers;
}

/** What answers a visitor: the service itself, or a line to a server. */
export interface Answering {
  readonly app: { request(url: string, init: Asked): Response | Promise<Response> };
}

export interface Asked extends Omit<RequestInit, "headers"> {
  readonly headers: Record<string, string>;
}

export type Form = Readonly<Record<string, string | readonly string[]>>;

const HOST = "http://test.local";

export function newVisitor(
  { app, pass }: Answering & { readonly pass?: (ms: number) => void },
  cookies = new Map<string, string>(),
): Visitor {
  async function request(path: string, init: Asked): Promise<Seen> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { host: "test.local", ...(cookie ? { cookie } : {}), ...init.headers };
    const response = await app.request(HOST + path, { ...init, headers });
    for (const line of response.headers.getSetCookie()) keep(line);
    return {
      status: response.status,
      text: await response.text(),
      path: response.headers.get("location") ?? path,
      headers: response.headers,
    };
  }

  function keep(line: string): void {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (/max-age=0/i.test(line)) cookies.delete(name);
    else cookies.set(name, value);
  }

  const visitor: Visitor = {
    cookies,
    linger: (ms) => pass?.(ms),
    get: (path, headers = {}) => request(path, { headers }),
    post: (path, fields, headers = {}) =>
      request(path, {
        method: "POST",
        body: isMultipart(fields) ? fields.body : encode(fields),
        headers: {
          "content-type": isMultipart(fields) ? fields.type : "application/x-www-form-urlencoded",
          origin: HOST,
          "sec-fetch-site": "same-origin",
          ...headers,
        },
      }),
    async send(path, fields) {
      const sent = await visitor.post(path, fields);
      return sent.status === 303 ? visitor.get(sent.path) : sent;
    },
  };
  return visitor;
}

function isMultipart(fields: Form | Multipart): fields is Multipart {
  return typeof fields.type === "string" && /^multipart/.test(fields.type);
}

export function encode(fields: Form): string {
  const pairs = Object.entries(fields).flatMap(([name, value]) =>
    (typeof value === "string" ? [value] : value).map((each): [string, string] => [name, each]),
  );
  return new URLSearchParams(pairs).toString();
}
