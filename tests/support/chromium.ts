import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

/** Chromium: the one named, the system's, or the one that a development dependency brings along. */
export async function openChromium(): Promise<Browser> {
  const args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"];
  const named = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";
  if (existsSync(named)) return chromium.launch({ executablePath: named, args });
  // Read when the package is imported: it then unpacks the libraries it needs as well.
  process.env.AWS_LAMBDA_JS_RUNTIME ??= "nodejs20.x";
  const { default: packed } = await import("@sparticuz/chromium");
  // Its own arguments are made for one page of one process: several people at once bring that down.
  return chromium.launch({ executablePath: await packed.executablePath(), args });
}
