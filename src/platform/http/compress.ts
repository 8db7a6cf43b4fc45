import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { MiddlewareHandler } from "hono";
import { accepted } from "./accept.ts";
import type { AppEnv } from "./app.ts";

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);
/** Below one packet there is nothing to win. */
const SMALLEST = 600;

export type Encoding = "br" | "gzip" | undefined;

/** Chooses what a browser accepts, brotli first. */
export function chooseEncoding(header: string | undefined): Encoding {
  const offers = accepted(header);
  return (["br", "gzip"] as const).find((encoding) => offers.includes(encoding));
}

/** Compresses pages with brotli 5, or gzip where a browser knows no brotli. */
export const compress: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next();
  const encoding = chooseEncoding(c.req.header("accept-encoding"));
  if (!encoding || c.res.headers.has("content-encoding") || !c.res.headers.get("content-type")?.startsWith("text/"))
    return;
  const plain = Buffer.from(await c.res.arrayBuffer());
  const packed = plain.length < SMALLEST ? plain : await pack(plain, encoding);
  c.res = new Response(new Uint8Array(packed), c.res);
  if (packed !== plain) c.res.headers.set("content-encoding", encoding);
  c.res.headers.set("content-length", String(packed.length));
  c.res.headers.append("vary", "Accept-Encoding");
};

function pack(plain: Buffer, encoding: "br" | "gzip"): Promise<Buffer> {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length };
  return encoding === "br" ? brotli(plain, { params }) : zip(plain);
}
