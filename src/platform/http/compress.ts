import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { MiddlewareHandler } from "hono";
import { offersIn } from "./accept.ts";
import type { AppEnv } from "./app.ts";

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);
/** Below one packet there is nothing to win. */
const SMALLEST = 600;
const ENCODINGS = ["br", "gzip"] as const;

export type Encoding = (typeof ENCODINGS)[number] | undefined;

/** Chooses what a browser wants most, brotli where it wants both alike (RFC 9110, 12.5.3). */
export function chooseEncoding(header: string | undefined): Encoding {
  const offers = offersIn(header);
  const weight = (encoding: string) => offers.find(({ name }) => name === encoding)?.weight ?? 0;
  const [best] = [...ENCODINGS].sort((one, other) => weight(other) - weight(one));
  return best && weight(best) > 0 ? best : undefined;
}

/** Compresses pages with brotli 5, or gzip where a browser knows no brotli; what does not shrink is sent as it is. */
export const compress: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next();
  const { headers } = c.res;
  if (headers.has("content-encoding") || !headers.get("content-type")?.startsWith("text/")) return;
  headers.append("vary", "Accept-Encoding");
  const encoding = chooseEncoding(c.req.header("accept-encoding"));
  if (!encoding) return;
  const plain = Buffer.from(await c.res.arrayBuffer());
  const packed = plain.length < SMALLEST ? plain : await pack(plain, encoding);
  const smaller = packed.length < plain.length;
  const body = smaller ? packed : plain;
  c.res = new Response(new Uint8Array(body), c.res);
  if (smaller) c.res.headers.set("content-encoding", encoding);
  c.res.headers.set("content-length", String(body.length));
};

function pack(plain: Buffer, encoding: NonNullable<Encoding>): Promise<Buffer> {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length };
  return encoding === "br" ? brotli(plain, { params }) : zip(plain);
}
