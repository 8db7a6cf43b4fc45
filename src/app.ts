import { Hono, type MiddlewareHandler } from "hono";
import {
  acceptRoutes,
  accountRoutes,
  forgetAccount,
  inviteRoutes,
  newTries,
  peopleRoutes,
  recogniseAccount,
  recordMissing,
  recoveryRoutes,
  secondFactorRoutes,
  setupRoutes,
  startRoutes,
  steppedUp,
  teamRoutes,
} from "#accounts/index.ts";
import {
  accessRoutes,
  caseAccessRoutes,
  caseRoutes,
  dueRoutes,
  exclusionRoutes,
  extensionRoutes,
  inboxRoutes,
  listApartKeysKeptFrom,
  silentRoutes,
} from "#casework/index.ts";
import type { Country } from "#country/index.ts";
import { directoryRoutes } from "#directory/index.ts";
import { countWaiting, libraryDeskRoutes, libraryRoutes } from "#library/index.ts";
import { randomToken } from "#platform/crypto/derive.ts";
import type { AppContext, AppEnv, Routes } from "#platform/http/app.ts";
import { hideTyped } from "#platform/http/away.ts";
import { compress } from "#platform/http/compress.ts";
import { notFound } from "#platform/http/errors.ts";
import { assertGuarded } from "#platform/http/guard.ts";
import { pageHeaders } from "#platform/http/headers.ts";
import { languageOf } from "#platform/http/language.ts";
import { type Plain, recogniseLine } from "#platform/http/plain-line.ts";
import { requestLog } from "#platform/http/request-log.ts";
import { sameSiteForms } from "#platform/http/same-site.ts";
import { describeError } from "#platform/log.ts";
import type { Platform } from "#platform/platform.ts";
import { uiFor } from "#platform/views/ui.ts";
import { forgetReports, journeyRoutes, trackingRoutes } from "#reporting/index.ts";
import { answerError, auditRoutes, publicFrame, siteRoutes, staffFrame } from "#site/index.ts";
import { closeWhenIdle } from "./close-when-idle.ts";
import { offerLanguages } from "./offer-languages.ts";

export interface AppOptions {
  readonly country: Country;
  readonly baseUrl: string | undefined;
  readonly recoveryRecipient: string | undefined;
  /** The demonstration asks nobody for a second factor who has not set one up. */
  readonly secondFactor?: "required" | "offered";
  /** Every page of the demonstration says that nobody reads it. */
  readonly demo: boolean;
  /** Where people write about barriers; the operator's own. */
  readonly contactEmail?: string | undefined;
  /** Whether what people send travels for everybody on the way to read: then no report is taken and no case shown. */
  readonly plain?: Plain;
  /** A backup is made each night. */
  readonly backsUp?: boolean;
}

/** The whole service: the pipeline of a request, then every feature's pages. */
export function createApp(platform: Platform, options: AppOptions): Routes {
  const { country, contactEmail } = options;
  const needs = { ...platform, country };
  const { demo, recoveryRecipient, baseUrl, secondFactor = demo ? "offered" : "required" } = options;
  const people = {
    ...{
      ...needs,
      secondFactor,
      recoveryRecipient,
      baseUrl,
      backsUp: options.backsUp ?? false,
      tries: newTries(),
    },
    forget: (c: AppContext) => forgetReports(platform, c),
    keptApart: listApartKeysKeptFrom,
    draftsOf: countWaiting,
  };
  const app = new Hono<AppEnv>();

  app.use(prepareRequest(options));
  app.use(requestLog(platform));
  app.use(compress);
  app.use(pageHeaders);
  app.use(offerLanguages(platform, country));
  app.use(closeWhenIdle(platform));
  app.use(hideTyped(platform.cookies));
  app.use("/staff/*", recogniseAccount(platform, country));
  app.use("/staff/*", recordMissing(platform));
  app.use(sameSiteForms(options.baseUrl));

  app.route("/", siteRoutes({ ...needs, demo, contactEmail, forget: (c) => forgetBrowser(platform, c) }));
  app.route("/", journeyRoutes(needs));
  app.route("/", trackingRoutes(needs));
  app.route("/", setupRoutes(needs));
  for (const routes of ACCOUNT_ROUTES) app.route("/", routes(people));
  app.route("/", inboxRoutes({ ...needs, recoveryRecipient }));
  app.route("/", caseRoutes(needs));
  const fresh = steppedUp(people);
  app.route("/", exclusionRoutes({ ...needs, recoveryRecipient, fresh }));
  app.route("/", caseAccessRoutes({ ...needs, fresh }));
  app.route("/", accessRoutes(needs));
  app.route("/", silentRoutes(needs));
  app.route("/", dueRoutes(needs));
  app.route("/", extensionRoutes(needs));
  app.route("/", auditRoutes(needs));
  app.route("/", directoryRoutes({ ...needs, fresh }));
  app.route("/", libraryRoutes(needs));
  app.route("/", libraryDeskRoutes(needs));

  app.notFound((c) => answerError(country, platform.log)(notFound(), c));
  app.onError(answerError(country, platform.log));
  assertGuarded(app);
  return app;
}

const ACCOUNT_ROUTES = [
  accountRoutes,
  secondFactorRoutes,
  recoveryRoutes,
  acceptRoutes,
  inviteRoutes,
  teamRoutes,
  peopleRoutes,
  startRoutes,
] as const;

/** Gives each request its id, its language and what stands around its page. */
function prepareRequest({ country, demo, plain = false }: AppOptions): MiddlewareHandler<AppEnv> {
  const frames = { public: publicFrame(country, demo), staff: staffFrame(country, demo) };
  const frame = (c: AppContext) => frames[c.req.path.startsWith("/staff") ? "staff" : "public"](c);
  return async (c, next) => {
    c.set("requestId", randomToken(9));
    c.set("carried", new Map());
    c.set("typed", new Map());
    c.set("ui", uiFor(languageOf(c.req.path, c.req.header("accept-language")), country));
    c.set("frame", frame);
    recogniseLine(c, plain);
    // No address of ours has one, and PostgreSQL takes none.
    if (c.req.url.includes("%00")) throw notFound();
    await next();
  };
}

/** Forgets what this browser has open, beside the answer: leaving never waits for the database. */
function forgetBrowser(platform: Platform, c: AppContext): void {
  for (const forgetting of [forgetReports(platform, c), forgetAccount(platform, c)]) {
    forgetting.catch((error) => platform.log.error(describeError(error), "forgetting failed"));
  }
}
