/** How to get TLS, as an administrator types it; the two files are examples that only need a name. */
const COMMANDS = ["docs/Caddyfile", "docs/nginx.conf", "HOST=127.0.0.1 BASE_URL=https://example.org npm start"];

/** What is shown where everything travels for everybody on the way to read; nothing elsewhere. */
export function secureLine({ plain }: { readonly plain: boolean }): readonly string[] {
  return plain ? COMMANDS : [];
}
