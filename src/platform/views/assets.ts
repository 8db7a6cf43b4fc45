import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { extname } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const FOLDER = new URL("../../../static/", import.meta.url);
const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** A file of static/, compressed once at start with brotli 11. */
export interface Asset {
  readonly type: string;
  readonly plain: Buffer;
  readonly brotli: Buffer;
  readonly gzip: Buffer;
}

/** A stylesheet without what only its writers read. */
function packed(styles: string): string {
  return styles.replace(/\/\*[\s\S]*?\*\//g, "").replace(/\s*\n\s*/g, "");
}

const paths = new Map<string, string>();
const assets = new Map<string, Asset>();

for (const name of readdirSync(FOLDER)) {
  const type = TYPES[extname(name)];
  if (!type) continue;
  const file = readFileSync(new URL(name, FOLDER));
  const plain = extname(name) === ".css" ? Buffer.from(packed(file.toString("utf8"))) : file;
  const version = createHash("sha256").update(plain).digest("hex").slice(0, 8);
  const brotli = brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  paths.set(name, `/static/${version}/${name}`);
  assets.set(`${version}/${name}`, { type, plain, brotli, gzip: gzipSync(plain) });
}

/** The address of a file in static/; its version makes it cacheable for ever. Throws for a file that is not there. */
export function assetPath(name: string): string {
  const path = paths.get(name);
  if (!path) throw new Error(`no file static/${name}`);
  return path;
}

/** The text of a file in static/. Throws for a file that is not there. */
export function assetText(name: string): string {
  return assets.get(assetPath(name).slice("/static/".length))?.plain.toString("utf8") ?? "";
}

export function findAsset(version: string, name: string): Asset | undefined {
  return assets.get(`${version}/${name}`);
}
