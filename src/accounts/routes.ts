import { Hono } from "hono";
import { recordAudit } from "#audit/index.ts";
import type { Country } from "#country/index.ts";
import { phrase } from "#messages/messages.ts";
import type { AppContext, AppEnv, Fields, FormState, Routes } from "#platform/http/app.ts";
import { sensitive } from "#platform/http/away.ts";
import { newBuckets } from "#platform/http/buckets.ts";
import { tooMany } from "#platform/http/errors.ts";
import { checkForm, formState } from "#platform/http/form.ts";
import { page, seeOther } from "#platform/http/page.ts";
import { readFields } from "#platform/http/read-body.ts";
import type { Platform } from "#platform/platform.ts";
import { account } from "./account.ts";
import { endSession } from "./end-session.ts";
import { LanguageForm, SignInForm } from "./forms.ts";
import { updateLanguage } from "./person-store.ts";
import { homeOf } from "./roles.ts";
import { endSessionsOf, within } from "./sessions.ts";
import { signIn } from "./sign-in.ts";
import { KEY_COOKIE, may, SESSION_COOKIE } from "./signed-in.ts";
import { accountPage, signInPage } from "./views.ts";

export interface AccountNeeds extends Pick<Platform, "db" | "secrets" | "lanes" | "cookies" | "now"> {
  readonly country: Country;
  /** What else this browser has open, such as a report that somebody writes for a child. */
  forget(c: AppContext): Promise<void>;
}

const NOTHING: Fields = new Map();
/** Ten tries at once for one account, one more each half minute: guessing is slow, and no stranger locks a colleague out for long. */
const TRIES = 10;
const TRY_REFILL_MS = 30_000;

export function accountRoutes(needs: AccountNeeds): Routes {
  const tries = newBuckets(TRIES, TRY_REFILL_MS);
  const gate = sensitive(needs.cookies);
  return new Hono<AppEnv>()
    .get("/staff", gate, (c) => showStaff(c))
    .post("/staff/session", gate, (c) => receiveSignIn(c, needs, tries))
    .get("/staff/account", may(needs, "account.own"), (c) => showAccount(c, needs.country))
    .post("/staff/account/language", may(needs, "account.own"), (c) => changeLanguage(c, needs))
    .post("/staff/session/end", may(needs, "account.own"), (c) => signOut(c, needs, "here"))
    .post("/staff/sessions/end", may(needs, "account.own"), (c) => signOut(c, needs, "everywhere"));
}

/** The staff home: the page a person works on, or the way in. */
function showStaff(c: AppContext): Response | Promise<Response> {
  const who = account.find(c);
  return who ? seeOther(c, homeOf(who.role)) : showSignIn(c, formState(NOTHING));
}

function showSignIn(c: AppContext, form: FormState): Response | Promise<Response> {
  const failed = form.errors.length > 0;
  const title = c.get("ui").t("accounts.signIn.title");
  return page(c, signInPage, { form }, { title, failed, status: failed ? 422 : 200, layout: "staff", narrow: true });
}

async function receiveSignIn(
  c: AppContext,
  needs: AccountNeeds,
  tries: ReturnType<typeof newBuckets>,
): Promise<Response> {
  const fields = await readFields(c, true);
  const checked = checkForm(SignInForm, fields);
  if (!checked.ok) return showSignIn(c, checked.form);
  if (!tries.take(checked.input.email, needs.now())) throw tooMany();
  const outcome = await signIn(needs, checked.input, needs.cookies.read(c, SESSION_COOKIE));
  if (!outcome.ok)
    return showSignIn(c, formState(fields, [{ field: "email", phrase: phrase("accounts.signIn.refused") }]));
  needs.cookies.write(c, SESSION_COOKIE, outcome.cookies.id);
  needs.cookies.write(c, KEY_COOKIE, outcome.cookies.key);
  return seeOther(c, homeOf(outcome.role));
}

function showAccount(c: AppContext, country: Country): Response | Promise<Response> {
  const { name, email, language } = account.get(c);
  const languages = country.languages.map(({ tag, name: label }) => ({ value: tag, label }));
  const title = c.get("ui").t("accounts.account.title");
  return page(c, accountPage, { name, email, language, languages }, { title, layout: "staff", narrow: true });
}

async function changeLanguage(c: AppContext, { db, now }: AccountNeeds): Promise<Response> {
  const who = account.get(c);
  const checked = checkForm(LanguageForm, await readFields(c));
  if (checked.ok) {
    const subject = { kind: "person", id: who.id } as const;
    await db.write(async (tx) => {
      await updateLanguage(tx, who.id, checked.input.language);
      await recordAudit(tx, { action: "account.languageChanged", by: subject, subject, at: now() });
    });
  }
  return seeOther(c, pageBefore(c));
}

/** Back to the page the switch stood on; only staff pages are believed. */
function pageBefore(c: AppContext): string {
  const referer = c.req.header("referer") ?? "";
  const { pathname, search } = URL.canParse(referer) ? new URL(referer) : { pathname: "", search: "" };
  return pathname.startsWith("/staff/") ? pathname + search : "/staff/account";
}

async function signOut(
  c: AppContext,
  { db, cookies, now, forget }: AccountNeeds,
  where: "here" | "everywhere",
): Promise<Response> {
  const { id, sessionId } = account.get(c);
  const subject = { kind: "person", id } as const;
  await db.write(async (tx) => {
    if (where === "here") return endSession(tx, sessionId, where, now());
    await endSessionsOf(within(tx), id);
    await recordAudit(tx, { action: "account.signedOut", by: subject, subject, at: now(), detail: { where } });
  });
  cookies.remove(c, SESSION_COOKIE);
  cookies.remove(c, KEY_COOKIE);
  await forget(c);
  return seeOther(c, "/staff");
}
