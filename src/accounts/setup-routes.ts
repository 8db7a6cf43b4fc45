import { Hono } from "hono";
import { type Country, placeGroups, sayType } from "#country/index.ts";
import { STAGES } from "#institutions/index.ts";
import { type LocalText, type PlainMessageKey, translator } from "#messages/messages.ts";
import type { AppContext, AppEnv, FormState, Routes } from "#platform/http/app.ts";
import { hidden, markShown } from "#platform/http/away.ts";
import { notFound } from "#platform/http/errors.ts";
import { fieldsFrom, formState } from "#platform/http/form.ts";
import { guard } from "#platform/http/guard.ts";
import { page } from "#platform/http/page.ts";
import { readFields } from "#platform/http/read-body.ts";
import type { Platform } from "#platform/platform.ts";
import { secureLine } from "./secure-line.ts";
import { isSetupToken, type Size, setUp } from "./set-up.ts";
import { checkSetup, sizeIn } from "./setup-form.ts";
import { recoveryCodePage, setupPage, setupSizePage } from "./views.ts";

export interface SetupRouteNeeds extends Pick<Platform, "db" | "secrets" | "lanes" | "cookies" | "now"> {
  readonly country: Country;
}

/** The one-time link that an empty service prints: it makes the first administrator and the desk without people. */
export function setupRoutes(needs: SetupRouteNeeds): Routes {
  const holdsLink = guard("setup-link", async (c, next) => {
    const instead = hidden(needs.cookies, c);
    if (instead) return instead;
    if (!(await isSetupToken(needs.db, c.req.param("token") ?? "", needs.now()))) throw notFound();
    return next();
  });
  return new Hono<AppEnv>()
    .get("/staff/setup/:token", holdsLink, (c) => showSetup(c, needs))
    .post("/staff/setup/:token", holdsLink, (c) => receiveSetup(c, needs));
}

/** First what the service is for, then the form for that. */
function showSetup(c: AppContext, needs: SetupRouteNeeds): Response {
  const size = sizeIn(c.req.query("size"));
  const form = formState(
    fieldsFrom({ language: c.get("ui").lang, offered: needs.country.languages.map(({ tag }) => tag) }),
  );
  if (size) return renderForm(c, needs, size, form);
  const title = c.get("ui").t("accounts.setup.title");
  return page(c, setupSizePage, { plain: secureLine(c) }, { title, layout: "staff", narrow: true });
}

function renderForm(c: AppContext, needs: SetupRouteNeeds, size: Size, form: FormState): Response {
  const { country } = needs;
  const failed = form.errors.length > 0;
  const ui = c.get("ui");
  const { t } = ui;
  const props = {
    form,
    size,
    plain: secureLine(c),
    languages: country.languages.map(({ tag, name }) => ({ value: tag, label: name })),
    stages: STAGES.map((stage) => ({ value: String(stage), label: t(`opening.stage.${stage}`) })),
    types: country.educationalTypes.map((type) => ({ value: type, label: sayType(country, t, type) })),
    places: placeGroups(country, ui),
  };
  const title = t("accounts.setup.title");
  return page(c, setupPage, props, { title, failed, status: failed ? 422 : 200, layout: "staff", narrow: true });
}

const DESKS = { country: "site.triage", school: "site.schoolTeam" } as const;

async function receiveSetup(c: AppContext, needs: SetupRouteNeeds): Promise<Response> {
  const fields = await readFields(c, true);
  const size = sizeIn(fields.get("size")?.[0]) ?? "country";
  const checked = checkSetup(needs.country, size, fields);
  if (!checked.ok) return renderForm(c, needs, size, checked.form);
  const { operator, type, territory, stage, offered, ...person } = checked.input;
  const deployment = { size, operator, type, territory, stage, offered, deskName: inEvery(DESKS[size]) };
  const made = await setUp(needs, c.req.param("token") ?? "", deployment, person);
  if (!made) throw notFound();
  markShown(c);
  const { t } = c.get("ui");
  const next = { path: "/staff", label: t("accounts.setup.signIn") };
  const props = { ...made, lead: t("accounts.setup.done"), next };
  return page(c, recoveryCodePage, props, { title: t("accounts.setup.title"), layout: "staff", narrow: true });
}

function inEvery(key: PlainMessageKey): LocalText {
  return { sr: translator("sr").phrase({ key }), en: translator("en").phrase({ key }) };
}
