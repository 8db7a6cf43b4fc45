import { findAsset } from "#platform/views/assets.ts";
import type { AppContext } from "./app.ts";
import { chooseEncoding } from "./compress.ts";
import { holds } from "./entity-tag.ts";
import { notFound } from "./errors.ts";

/**
 * Answers with a file of static/ that its address names by content, so that a browser never asks twice; those that
 * ask all the same, such as on reload, get a 304.
 * @throws Refusal 404 for a file or a version that is not there
 */
export function sendAsset(c: AppContext, version: string, name: string): Response {
  const asset = findAsset(version, name);
  if (!asset) throw notFound();
  const tag = `W/"${version}"`;
  c.header("Cache-Control", "public, max-age=31536000, immutable");
  c.header("ETag", tag);
  c.header("Vary", "Accept-Encoding");
  if (holds(c.req.header("if-none-match"), tag)) return c.body(null, 304);
  const encoding = chooseEncoding(c.req.header("accept-encoding"));
  const body = encoding === "br" ? asset.brotli : encoding === "gzip" ? asset.gzip : asset.plain;
  if (encoding) c.header("Content-Encoding", encoding);
  return c.body(new Uint8Array(body), 200, { "Content-Type": asset.type, "Content-Length": String(body.length) });
}
