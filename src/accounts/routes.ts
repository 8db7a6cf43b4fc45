import { Hono } from "hono";
import { recordAudit } from "#audit/index.ts";
import { phrase } from "#messages/messages.ts";
import type { AppContext, AppEnv, Fields, FormState, Routes } from "#platform/http/app.ts";
import { sensitive } from "#platform/http/away.ts";
import { tooMany } from "#platform/http/errors.ts";
import { checkForm, formState } from "#platform/http/form.ts";
import { page, seeOther } from "#platform/http/page.ts";
import { readFields } from "#platform/http/read-body.ts";
import { account, signedIn } from "./account.ts";
import { accountPageRoutes } from "./account-page.ts";
import { endSession } from "./end-session.ts";
import { findHome } from "./first-desk.ts";
import { LanguageForm, SignInForm } from "./forms.ts";
import type { AccountNeeds } from "./needs.ts";
import { findPersonByEmail, updateLanguage } from "./person-store.ts";
import { afterSignIn } from "./second-factor-routes.ts";
import { secureLine } from "./secure-line.ts";
import { endSessionsOf, within } from "./sessions.ts";
import { signIn } from "./sign-in.ts";
import { halfway, KEY_COOKIE, may, SECOND_FACTOR, SESSION_COOKIE } from "./signed-in.ts";
import { CONFIRM, receiveConfirm, steppedUp } from "./step-up.ts";
import { takeTry } from "./take-try.ts";
import { signInPage } from "./views.ts";

const NOTHING: Fields = new Map();

/** The way in, what a person changes of the own account, and the way out. */
export function accountRoutes(needs: AccountNeeds): Routes {
  const gate = sensitive(needs.cookies);
  const own = may(needs, "account.own");
  return new Hono<AppEnv>()
    .get("/staff", gate, (c) => showStaff(c, needs))
    .post("/staff/session", gate, (c) => receiveSignIn(c, needs))
    .post("/staff/account/language", halfway(needs), (c) => changeLanguage(c, needs))
    .post("/staff/session/end", halfway(needs), (c) => signOut(c, needs, "here"))
    .post("/staff/sessions/end", own, steppedUp(needs), (c) => signOut(c, needs, "everywhere"))
    .post(CONFIRM, own, (c) => receiveConfirm(c, needs))
    .route("/", accountPageRoutes(needs));
}

/** The staff home: the page a person works on, or the way in. */
async function showStaff(c: AppContext, needs: AccountNeeds): Promise<Response> {
  const who = account.find(c);
  if (who) return seeOther(c, await needs.db.read((reader) => findHome(reader, who.role)));
  return signedIn.find(c) ? seeOther(c, SECOND_FACTOR) : showSignIn(c, formState(NOTHING));
}

function showSignIn(c: AppContext, form: FormState): Response {
  const failed = form.errors.length > 0;
  const title = c.get("ui").t("accounts.signIn.title");
  return page(
    c,
    signInPage,
    { form, plain: secureLine(c) },
    { title, failed, status: failed ? 422 : 200, layout: "staff", narrow: true },
  );
}

async function receiveSignIn(c: AppContext, needs: AccountNeeds): Promise<Response> {
  const fields = await readFields(c, true);
  const checked = checkForm(SignInForm, fields);
  if (!checked.ok) return showSignIn(c, checked.form);
  const { email, password } = checked.input;
  const person = await needs.db.read((reader) => findPersonByEmail(reader, email));
  if (!(await takeTry(needs, c, "passwords", { email, person }))) throw tooMany();
  const outcome = await signIn(needs, { person, password }, needs.cookies.read(c, SESSION_COOKIE));
  if (!outcome.ok)
    return showSignIn(c, formState(fields, [{ field: "email", phrase: phrase("accounts.signIn.refused") }]));
  needs.cookies.write(c, SESSION_COOKIE, outcome.cookies.id);
  needs.cookies.write(c, KEY_COOKIE, outcome.cookies.key);
  if (outcome.half) return seeOther(c, SECOND_FACTOR);
  await afterSignIn(c, needs, { id: outcome.person.id, identity: outcome.identity });
  return seeOther(c, await needs.db.read((reader) => findHome(reader, outcome.person.role)));
}

async function changeLanguage(c: AppContext, { db, now }: AccountNeeds): Promise<Response> {
  const who = signedIn.get(c);
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
  const { id, sessionId } = signedIn.get(c);
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
