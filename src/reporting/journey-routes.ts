import { Hono } from "hono";
import { may } from "#accounts/index.ts";
import type { AppEnv, Routes } from "#platform/http/app.ts";
import { LANG } from "#platform/http/language.ts";
import type { Platform } from "#platform/platform.ts";
import { showDone } from "./done-page.ts";
import { draftHolder } from "./draft-holder.ts";
import { receiveOnePage, showOnePage } from "./one-page.ts";
import { showOutsideFirst } from "./outside-page.ts";
import { type LineNeeds, overSecureLine } from "./plain-line.ts";
import { receiveStep } from "./receive-step.ts";
import { receiveStaffReport, showStaffReport } from "./staff-report.ts";
import { receiveStart, showBeginTurn, showStart } from "./start-page.ts";
import { showHelp, showStep } from "./step-page.ts";

export interface JourneyNeeds
  extends LineNeeds,
    Pick<Platform, "db" | "secrets" | "lanes" | "budgets" | "cookies" | "mail" | "now"> {}

/** A report: its start for the public and for somebody at work, its ten steps with their branches, and the code. */
export function journeyRoutes(needs: JourneyNeeds): Routes {
  const here = overSecureLine(needs);
  const held = draftHolder(needs);
  return new Hono<AppEnv>()
    .get("/staff/report", may(needs, "report.onBehalf"), (c) => showStaffReport(c, needs))
    .post("/staff/report", may(needs, "report.onBehalf"), (c) => receiveStaffReport(c, needs))
    .get(`${LANG}/report`, here, (c) => showStart(c, needs))
    .post(`${LANG}/report`, here, (c) => receiveStart(c, needs))
    .get(`${LANG}/report/a`, here, (c) => showOutsideFirst(c, needs))
    .get(`${LANG}/report/turn`, here, (c) => showBeginTurn(c, needs))
    .get(`${LANG}/report/one`, here, (c) => showOnePage(c, needs))
    .post(`${LANG}/report/one`, here, (c) => receiveOnePage(c, needs))
    .get(`${LANG}/r/:draft/done`, here, held, (c) => showDone(c, needs))
    .get(`${LANG}/r/:draft/:step/a`, here, held, (c) => showHelp(c, needs))
    .get(`${LANG}/r/:draft/:step`, here, held, (c) => showStep(c, needs))
    .post(`${LANG}/r/:draft/:step`, here, held, (c) => receiveStep(c, needs))
    .get(`${LANG}/r/:draft/:step/:part`, here, held, (c) => showStep(c, needs))
    .post(`${LANG}/r/:draft/:step/:part`, here, held, (c) => receiveStep(c, needs));
}
