import type { AppContext } from "#platform/http/app.ts";
import { isPlainHere } from "#platform/http/plain-line.ts";

/** How to get TLS, as an administrator types it; the two files are examples that only need a name. */
export const HOW_TO_SECURE = [
  "docs/Caddyfile",
  "docs/nginx.conf",
  "HOST=127.0.0.1 BASE_URL=https://example.org npm start",
];

/** What is shown where everything travels for everybody on the way to read; nothing elsewhere. */
export function secureLine(c: AppContext): readonly string[] {
  return isPlainHere(c) ? HOW_TO_SECURE : [];
}
