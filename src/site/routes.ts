import { Hono } from "hono";
import type { Country } from "#country/index.ts";
import type { PlainMessageKey } from "#messages/messages.ts";
import type { AppContext, AppEnv, Routes } from "#platform/http/app.ts";
import { liftAway, setAway } from "#platform/http/away.ts";
import { chooseEncoding } from "#platform/http/compress.ts";
import { notFound } from "#platform/http/errors.ts";
import { open } from "#platform/http/guard.ts";
import { LANG, preferredLanguage } from "#platform/http/language.ts";
import { page, seeOther } from "#platform/http/page.ts";
import type { Platform } from "#platform/platform.ts";
import { assetPath, findAsset } from "#platform/views/assets.ts";
import { receiveComputer, showComputer } from "./computer-page.ts";
import { showAccessibility, showHelp, showHome, showLearn } from "./content-pages.ts";
import { showDesign } from "./design-page.ts";
import { about, neutral, privacy } from "./views.ts";

export interface SiteNeeds extends Pick<Platform, "cookies" | "db"> {
  readonly country: Country;
  readonly demo: boolean;
  readonly contactEmail: string | undefined;
  /** What leaving forgets: the drafts and sessions of this browser. */
  forget(c: AppContext): void;
}

const PROMISES: readonly PlainMessageKey[] = [
  "site.privacy.noAddress",
  "site.privacy.sealed",
  "site.privacy.noCodeStored",
  "site.privacy.draft",
  "site.privacy.cookies",
  "site.privacy.notice",
  "site.privacy.history",
  "site.privacy.network",
];

export function siteRoutes(needs: SiteNeeds): Routes {
  return new Hono<AppEnv>()
    .get("/", open, (c) => seeOther(c, `/${preferredLanguage(c.req.header("accept-language"))}/`))
    .get("/leave", open, (c) => leave(c, needs))
    .get("/healthz", open, (c) => c.text("ok"))
    .get("/readyz", open, async (c) => {
      await needs.db.write(async () => undefined);
      return c.text("ok");
    })
    .get("/favicon.ico", open, (c) => seeOther(c, assetPath("favicon.svg")))
    .get("/static/:version/:name", open, (c) => sendAsset(c, c.req.param("version"), c.req.param("name")))
    .get(`${LANG}/`, open, (c) => showHome(c, needs.country))
    .get(`${LANG}/learn`, open, (c) => showLearn(c, needs.country))
    .get(`${LANG}/help`, open, (c) => showHelp(c, needs.country))
    .get(`${LANG}/privacy`, open, (c) =>
      page(c, privacy, { promises: PROMISES }, { title: c.get("ui").t("site.privacy.title"), narrow: true }),
    )
    .get(`${LANG}/about`, open, (c) => page(c, about, {}, { title: c.get("ui").t("site.about.title"), narrow: true }))
    .get(`${LANG}/accessibility`, open, (c) => showAccessibility(c, needs.contactEmail))
    .get(`${LANG}/design`, open, (c) => showDesign(c, needs))
    .get(`${LANG}/computer`, open, (c) => showComputer(c, needs.cookies))
    .post(`${LANG}/computer`, open, (c) => receiveComputer(c, needs.cookies))
    .get(`${LANG}/page`, open, (c) => page(c, neutral, {}, { title: c.get("ui").t("site.away.title"), narrow: true }))
    .post(`${LANG}/page`, open, (c) => {
      liftAway(needs.cookies, c);
      return seeOther(c, c.get("ui").href("/"));
    });
}

/** Answers at once, whatever state the database is in: forgetting happens beside it. */
function leave(c: AppContext, { cookies, country, forget }: SiteNeeds): Response {
  if (isPressed(c)) {
    forget(c);
    setAway(cookies, c);
    c.header("Clear-Site-Data", '"storage"');
  }
  return seeOther(c, country.leaveTo);
}

/** A link on another site or a page fetched in advance must not make anybody lose an unsent report. */
function isPressed(c: AppContext): boolean {
  const elsewhere = c.req.header("sec-fetch-site") === "cross-site" || c.req.header("sec-purpose") !== undefined;
  return c.req.method === "GET" && !elsewhere;
}

function sendAsset(c: AppContext, version: string, name: string): Response {
  const asset = findAsset(version, name);
  if (!asset) throw notFound();
  const encoding = chooseEncoding(c.req.header("accept-encoding"));
  const body = encoding === "br" ? asset.brotli : encoding === "gzip" ? asset.gzip : asset.plain;
  const headers: Record<string, string> = {
    "Content-Type": asset.type,
    "Content-Length": String(body.length),
    "Cache-Control": "public, max-age=31536000, immutable",
    Vary: "Accept-Encoding",
  };
  if (encoding) headers["Content-Encoding"] = encoding;
  return c.body(new Uint8Array(body), 200, headers);
}
