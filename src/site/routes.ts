import { Hono } from "hono";
import type { Country } from "#country/index.ts";
import type { PlainMessageKey } from "#messages/messages.ts";
import type { AppContext, AppEnv, Routes } from "#platform/http/app.ts";
import { liftAway, sensitive, setAway } from "#platform/http/away.ts";
import { open } from "#platform/http/guard.ts";
import { LANG } from "#platform/http/language.ts";
import { page, seeOther } from "#platform/http/page.ts";
import { sendAsset } from "#platform/http/send-asset.ts";
import { storable } from "#platform/http/storable.ts";
import type { Platform } from "#platform/platform.ts";
import { assetPath } from "#platform/views/assets.ts";
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
    .get("/", open, (c) => chooseLanguage(c))
    .get("/leave", open, (c) => leave(c, needs))
    .get("/healthz", open, (c) => c.text("ok"))
    .get("/readyz", open, async (c) => {
      await needs.db.write(async () => undefined);
      return c.text("ok");
    })
    .get("/favicon.ico", open, (c) => seeOther(c, assetPath("favicon.svg")))
    .get("/static/:version/:name", open, (c) => sendAsset(c, c.req.param("version"), c.req.param("name")))
    .get(`${LANG}/`, storable, (c) => showHome(c, needs.country))
    .get(`${LANG}/learn`, sensitive(needs.cookies), (c) => showLearn(c, needs))
    .get(`${LANG}/help`, storable, (c) => showHelp(c, needs.country))
    .get(`${LANG}/privacy`, storable, (c) =>
      page(c, privacy, { promises: PROMISES }, { title: c.get("ui").t("site.privacy.title"), narrow: true }),
    )
    .get(`${LANG}/about`, storable, (c) =>
      page(c, about, {}, { title: c.get("ui").t("site.about.title"), narrow: true }),
    )
    .get(`${LANG}/accessibility`, storable, (c) => showAccessibility(c, needs.contactEmail))
    .get(`${LANG}/design`, open, (c) => showDesign(c, needs))
    .get(`${LANG}/computer`, open, (c) => showComputer(c, needs.cookies))
    .post(`${LANG}/computer`, open, (c) => receiveComputer(c, needs.cookies))
    .get(`${LANG}/page`, open, (c) => showNeutral(c))
    .post(`${LANG}/page`, open, (c) => {
      liftAway(needs.cookies, c);
      return seeOther(c, c.get("ui").href("/"));
    });
}

function showNeutral(c: AppContext): Response {
  const props = { unsent: c.req.query("done") === "0" };
  return page(c, neutral, props, { title: c.get("ui").t("site.away.title"), narrow: true });
}

function chooseLanguage(c: AppContext): Response {
  c.header("Vary", "Accept-Language");
  return seeOther(c, c.get("ui").href("/"));
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
