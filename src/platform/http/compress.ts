import { promisify } from "node:util";
import { brotliCompress, brotliCompressSync, constants, gzip, gzipSync } from "node:zlib";
import type { MiddlewareHandler } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { offersIn } from "./accept.ts";
import type { AppContext, AppEnv } from "./app.ts";

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);
/** Below one packet there is nothing to win. */
const SMALLEST = 600;
/** 64 KB hold every page; the default of 4 MB costs a third more time for the same bytes. */
const WINDOW_BITS = 16;
const LONGEST_HERE = 16 * 1024;
/** Some ten general pages and the blank steps, in three languages and in a child's and an adult's words. */
const MOST_KEPT = 400;
const ENCODINGS = ["br", "gzip"] as const;

export type Encoding = (typeof ENCODINGS)[number] | undefined;

/** Chooses what a browser wants most, brotli where it wants both alike (RFC 9110, 12.5.3). */
export function chooseEncoding(header: string | undefined): Encoding {
  const offers = offersIn(header);
  const weight = (encoding: string) => offers.find(({ name }) => name === encoding)?.weight ?? 0;
  const [best] = [...ENCODINGS].sort((one, other) => weight(other) - weight(one));
  return best && weight(best) > 0 ? best : undefined;
}

const texts = new WeakMap<Response, string>();

/** Answers with a text that `compress` need not read back out of the answer, which would cost as much as packing it. */
export function answerHtml(c: AppContext, text: string, status: ContentfulStatusCode = 200): Response {
  const response = c.body(text, status, { "Content-Type": "text/html; charset=UTF-8" });
  texts.set(response, text);
  return response;
}

/** The text that `answerHtml` answered with. Throws for any other answer. */
export function textOf(response: Response): string {
  const text = texts.get(response);
  if (text === undefined) throw new Error("not an answer of answerHtml");
  return text;
}

const alike = new WeakSet<Response>();

/** Says that other people are shown the very same page, so that it need not be packed for each of them. */
export function packLikeAnother(response: Response): void {
  alike.add(response);
}

/** Compresses pages with brotli 5, or gzip where a browser knows no brotli; what does not shrink is sent as it is. */
export const compress: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next();
  const { headers, status } = c.res;
  if (headers.has("content-encoding") || !headers.get("content-type")?.startsWith("text/")) return;
  headers.append("vary", "Accept-Encoding");
  const encoding = chooseEncoding(c.req.header("accept-encoding"));
  if (!encoding) return;
  const text = texts.get(c.res);
  const plain = text === undefined ? Buffer.from(await c.res.arrayBuffer()) : Buffer.from(text);
  const packed =
    plain.length < SMALLEST
      ? plain
      : await packOnce(plain, encoding, headers.get("etag") ?? (alike.has(c.res) ? text : undefined));
  const smaller = packed.length < plain.length;
  const body = smaller ? packed : plain;
  if (smaller) headers.set("content-encoding", encoding);
  headers.set("content-length", String(body.length));
  // Emptied first, since Hono would otherwise copy every header of the old answer once more.
  c.res = undefined;
  c.res = new Response(new Uint8Array(body), { status, headers });
};

const kept = new Map<string, Buffer>();

/**
 * What is the same for everybody is packed once; all others hold somebody's words and are not kept.
 * @param same the tag or the whole text of a page that is the same for everybody
 */
async function packOnce(plain: Buffer, encoding: NonNullable<Encoding>, same: string | undefined): Promise<Buffer> {
  if (same === undefined) return pack(plain, encoding);
  const name = `${encoding} ${same}`;
  const packed = kept.get(name) ?? (await pack(plain, encoding));
  kept.set(name, packed);
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  return packed;
}

/** A page packs in less time than another thread takes to wake; what is long must not hold everybody up. */
async function pack(plain: Buffer, encoding: NonNullable<Encoding>): Promise<Buffer> {
  const here = plain.length <= LONGEST_HERE;
  if (encoding === "gzip") return here ? gzipSync(plain) : zip(plain);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 5,
    [constants.BROTLI_PARAM_LGWIN]: WINDOW_BITS,
    [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
  };
  return here ? brotliCompressSync(plain, { params }) : brotli(plain, { params });
}
