import { Hono } from "hono";
import { loadCountry } from "#country/index.ts";
import type { AppEnv, Routes } from "#platform/http/app.ts";
import { compress } from "#platform/http/compress.ts";
import { notFound } from "#platform/http/errors.ts";
import { pageHeaders } from "#platform/http/headers.ts";
import { languageOf } from "#platform/http/language.ts";
import { requestLog } from "#platform/http/request-log.ts";
import { sameSiteForms } from "#platform/http/same-site.ts";
import { newLog } from "#platform/log.ts";
import { uiFor } from "#platform/views/ui.ts";
import { answerError, publicFrame } from "#site/index.ts";

export const HOST = "http://small.test";

/** The pipeline of `src/app.ts` around a few routes of a test, with what it logged. */
export function smallApp(addRoutes: (app: Routes) => unknown, baseUrl?: string) {
  const lines: string[] = [];
  const log = newLog((line) => void lines.push(line));
  const country = loadCountry("RS");
  const frame = publicFrame(country, false);
  const app: Routes = new Hono<AppEnv>();
  app.use(async (c, next) => {
    c.set("requestId", "request-7");
    c.set("carried", new Map());
    c.set("typed", new Map());
    c.set("ui", uiFor(languageOf(c.req.path, c.req.header("accept-language")), country));
    c.set("frame", frame);
    await next();
  });
  app.use(requestLog({ log }));
  app.use(compress);
  app.use(pageHeaders);
  app.use(sameSiteForms(baseUrl));
  addRoutes(app);
  app.notFound((c) => answerError(country, log)(notFound(), c));
  app.onError(answerError(country, log));
  return { app, lines, country };
}

/** Sends a form as a browser on the same site does. */
export function post(app: Routes, path: string, body: BodyInit, headers: Record<string, string> = {}) {
  return app.request(HOST + path, {
    method: "POST",
    body,
    headers: {
      host: "small.test",
      origin: HOST,
      "sec-fetch-site": "same-origin",
      "content-type": "application/x-www-form-urlencoded",
      ...headers,
    },
  });
}
