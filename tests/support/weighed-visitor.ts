import { newVisitor, type Visitor } from "./browser.ts";
import { type Exchange, overTheLine } from "./over-the-line.ts";

/** The files that a browser loads with a page by itself: styles, scripts, icons and images. */
export function filesOn(html: string): string[] {
  const tags = html.match(/<(?:link|script|img|use|source|iframe|video|audio|embed|object)\b[^>]*>/g) ?? [];
  const loading = tags.filter((tag) => !/^<link/.test(tag) || /\srel="(?:stylesheet|icon|preload)"/.test(tag));
  const addresses = loading.flatMap((tag) => /\s(?:src|href|data|srcset)="([^"]+)"/.exec(tag)?.[1]?.split(/[\s,#]/, 1));
  return [...new Set(addresses.filter((address) => address !== undefined && !address.startsWith("data:")))] as string[];
}

/** A browser that starts with nothing stored, loads what each page links, once, and writes down what it was sent. */
export interface WeighedVisitor extends Visitor {
  readonly exchanges: Exchange[];
}

/** Opens such a browser on a real server. */
export function newWeighedVisitor(url: string): WeighedVisitor {
  const exchanges: Exchange[] = [];
  const line = overTheLine(url, (exchange) => exchanges.push(exchange));
  const stored = new Set<string>();
  const pages = new Map<string, Response>();
  const request: typeof line.app.request = async (address, init) => {
    const kept = init.method ? undefined : pages.get(address);
    const tag = kept?.headers.get("etag");
    const headers = tag ? { "if-none-match": tag, ...init.headers } : init.headers;
    const response = await line.app.request(address, { ...init, headers });
    if (response.status === 304 && kept) return kept.clone();
    if (response.headers.has("etag")) pages.set(address, response.clone());
    const files = isPage(response) ? filesOn(await response.clone().text()) : [];
    for (const file of files.filter((each) => !stored.has(each))) {
      const { status, headers } = await line.app.request(new URL(file, address).href, { headers: {} });
      if (status === 200 && headers.get("cache-control")?.includes("immutable")) stored.add(file);
    }
    return response;
  };
  return Object.assign(newVisitor({ app: { request } }), { exchanges });
}

const isPage = ({ headers }: Response) => headers.get("content-type")?.startsWith("text/html") ?? false;

/** A person who looks at each page before answering it, where a test alone would only answer. */
export function lookingFirst(visitor: Visitor): Visitor {
  const looking: Visitor = {
    ...visitor,
    async post(path, fields, headers) {
      await visitor.get(path);
      return visitor.post(path, fields, headers);
    },
    async send(path, fields) {
      const sent = await looking.post(path, fields);
      return sent.status === 303 ? visitor.get(sent.path) : sent;
    },
  };
  return looking;
}

/** The sum of what was sent, with and without headers. */
export function sumOf(exchanges: readonly Exchange[]): { requests: number; bodies: number; all: number } {
  const bodies = exchanges.reduce((sum, { body }) => sum + body, 0);
  return { requests: exchanges.length, bodies, all: exchanges.reduce((sum, { head }) => sum + head, bodies) };
}
