import { Hono } from "hono";
import { type Country, municipalities } from "#country/index.ts";
import type { LocalText } from "#messages/messages.ts";
import type { AppContext, AppEnv, FormState, Routes } from "#platform/http/app.ts";
import { hidden, markShown } from "#platform/http/away.ts";
import { notFound } from "#platform/http/errors.ts";
import { checkForm, formState } from "#platform/http/form.ts";
import { guard } from "#platform/http/guard.ts";
import { page } from "#platform/http/page.ts";
import { readFields } from "#platform/http/read-body.ts";
import type { Platform } from "#platform/platform.ts";
import { SetupForm } from "./forms.ts";
import { isSetupToken, setUp } from "./set-up.ts";
import { recoveryCodePage, setupPage } from "./views.ts";

export interface SetupRouteNeeds extends Pick<Platform, "db" | "secrets" | "lanes" | "cookies" | "now"> {
  readonly country: Country;
  readonly recoveryRecipient: string | undefined;
  readonly triageName: LocalText;
}

/** The one-time link that an empty service prints: it makes the triage desk and its first member. */
export function setupRoutes(needs: SetupRouteNeeds): Routes {
  const holdsLink = guard("setup-link", async (c, next) => {
    const instead = hidden(needs.cookies, c);
    if (instead) return instead;
    if (!(await isSetupToken(needs.db, c.req.param("token") ?? "", needs.now()))) throw notFound();
    return next();
  });
  return new Hono<AppEnv>()
    .get("/staff/setup/:token", holdsLink, (c) => showSetup(c, needs, formState(new Map([["language", ["sr"]]]))))
    .post("/staff/setup/:token", holdsLink, (c) => receiveSetup(c, needs));
}

function showSetup(c: AppContext, needs: SetupRouteNeeds, form: FormState): Response | Promise<Response> {
  const failed = form.errors.length > 0;
  const languages = needs.country.languages.map(({ tag, name }) => ({ value: tag, label: name }));
  const title = c.get("ui").t("accounts.setup.title");
  return page(
    c,
    setupPage,
    { form, languages, noRecovery: needs.recoveryRecipient === undefined },
    { title, failed, status: failed ? 422 : 200, layout: "staff", narrow: true },
  );
}

async function receiveSetup(c: AppContext, needs: SetupRouteNeeds): Promise<Response> {
  const checked = checkForm(SetupForm, await readFields(c, true));
  if (!checked.ok) return showSetup(c, needs, checked.form);
  const territory = municipalities(needs.country)[0]?.code ?? needs.country.code;
  const wanted = { ...needs, deskName: needs.triageName, territory };
  const made = await setUp(wanted, c.req.param("token") ?? "", { ...checked.input, role: "triage" });
  if (!made) throw notFound();
  const title = c.get("ui").t("accounts.setup.title");
  markShown(c);
  const { t } = c.get("ui");
  const props = {
    ...made,
    lead: t("accounts.setup.done"),
    next: { path: "/staff", label: t("accounts.setup.signIn") },
  };
  return page(c, recoveryCodePage, props, { title, layout: "staff", narrow: true });
}
