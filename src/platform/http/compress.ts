import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { MiddlewareHandler } from "hono";
import type { AppEnv } from "./app.ts";

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);
/** Below one packet there is nothing to win. */
const SMALLEST = 600;

export type Encoding = "br" | "gzip" | undefined;

/** Chooses what a browser accepts, brotli first (RFC 9110, 12.5.3: `q=0` is a refusal). */
export function chooseEncoding(accepted: string | undefined): Encoding {
  const offers = new Map(
    (accepted ?? "").split(",").map((offer): [string, number] => {
      const [name = "", q] = offer.toLowerCase().split(/;\s*q=/);
      return [name.trim(), q === undefined ? 1 : Number(q)];
    }),
  );
  return (["br", "gzip"] as const).find((encoding) => (offers.get(encoding) ?? 0) > 0);
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
