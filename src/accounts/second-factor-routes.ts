import { Hono } from "hono";
import { toLatin } from "#messages/latin.ts";
import type { AppContext, AppEnv, FormState, Routes } from "#platform/http/app.ts";
import { checkForm, formState } from "#platform/http/form.ts";
import { page, seeOther } from "#platform/http/page.ts";
import { readFields } from "#platform/http/read-body.ts";
import { describeError } from "#platform/log.ts";
import { qrCode } from "#platform/views/qr-code.ts";
import { type SignedIn, signedIn } from "./account.ts";
import { dropSecondFactor } from "./change-own-keys.ts";
import { confirmSecondFactor } from "./confirm-second-factor.ts";
import { findHome } from "./first-desk.ts";
import { CodeForm, LostForm } from "./forms.ts";
import { rememberDevice } from "./known-device.ts";
import type { AccountNeeds } from "./needs.ts";
import { findPerson } from "./person-store.ts";
import { renewDeskKeys } from "./renew-desk-keys.ts";
import { halfway, may, SECOND_FACTOR } from "./signed-in.ts";
import { steppedUp } from "./step-up.ts";
import { takeTry } from "./take-try.ts";
import { enrolment, offeredSecret } from "./totp.ts";
import { codePage, lostPage, recoveryCodePage, secondFactorPage } from "./views.ts";

/** Free, open, and in every store; any other that makes codes will do. */
const APPS = "FreeOTP, Aegis";
const LOST = `${SECOND_FACTOR}/lost`;
const NEW = `${SECOND_FACTOR}/new`;

/** The second factor: asked when signing in, set up where it is missing, replaced, and given up when it is lost. */
export function secondFactorRoutes(needs: AccountNeeds): Routes {
  const fresh = steppedUp(needs);
  const half = halfway(needs);
  return new Hono<AppEnv>()
    .get(SECOND_FACTOR, half, (c) => show(c, needs, formState(new Map())))
    .post(SECOND_FACTOR, half, (c) => receive(c, needs))
    .get(LOST, half, (c) => showLost(c, formState(new Map())))
    .post(LOST, half, (c) => receiveLost(c, needs))
    .get(NEW, may(needs, "account.own"), fresh, (c) => showOffered(c, needs, formState(new Map()), NEW))
    .post(NEW, may(needs, "account.own"), fresh, (c) => receiveNew(c, needs));
}

async function show(c: AppContext, needs: AccountNeeds, form: FormState): Promise<Response> {
  const who = signedIn.get(c);
  if (who.confirmedAt !== undefined) return leadHome(c, needs, who.role);
  return who.hasSecondFactor ? showCode(c, form) : showOffered(c, needs, form, SECOND_FACTOR);
}

async function leadHome(c: AppContext, { db }: AccountNeeds, role: string): Promise<Response> {
  return seeOther(c, await db.read((reader) => findHome(reader, role)));
}

function showCode(c: AppContext, form: FormState): Response {
  const { t } = c.get("ui");
  return page(c, codePage, { form }, options(form, t("accounts.code.title")));
}

/** Shows what an authenticator is to be given; the same each time until a code has shown that it works. */
async function showOffered(c: AppContext, { db }: AccountNeeds, form: FormState, action: string): Promise<Response> {
  const { t } = c.get("ui");
  const who = signedIn.get(c);
  const person = await db.read((reader) => findPerson(reader, who.id));
  const secret = offeredSecret(who, person?.sealedTotp ?? null);
  const { address, typed } = enrolment(secret, { issuer: toLatin(t("site.name")), label: who.email });
  const props = { form, action, apps: APPS, picture: qrCode(address), typed, replaces: who.hasSecondFactor };
  return page(c, secondFactorPage, props, options(form, t("accounts.factor.title")));
}

async function receive(c: AppContext, needs: AccountNeeds): Promise<Response> {
  const who = signedIn.get(c);
  if (who.confirmedAt !== undefined) return leadHome(c, needs, who.role);
  const form = await takeCode(c, needs, who, who.hasSecondFactor ? "own" : "offered");
  if (form) return show(c, needs, form);
  await afterSignIn(c, needs, who);
  return leadHome(c, needs, who.role);
}

async function receiveNew(c: AppContext, needs: AccountNeeds): Promise<Response> {
  const form = await takeCode(c, needs, signedIn.get(c), "offered");
  return form ? showOffered(c, needs, form, NEW) : seeOther(c, "/staff/account#factor");
}

/** @returns what is wrong, or undefined where the code was taken */
async function takeCode(
  c: AppContext,
  needs: AccountNeeds,
  who: SignedIn,
  secret: "own" | "offered",
): Promise<FormState | undefined> {
  const fields = await readFields(c, true);
  const checked = checkForm(CodeForm, fields);
  if (!checked.ok) return checked.form;
  const wrong = (key: "accounts.confirm.tooMany" | "accounts.code.wrong") =>
    formState(fields, [{ field: "code", phrase: { key } }]);
  if (!(await mayTry(c, needs, who))) return wrong("accounts.confirm.tooMany");
  const taken = await confirmSecondFactor(needs, who, { typed: checked.input.code, secret });
  return taken ? undefined : wrong("accounts.code.wrong");
}

/** Only whoever gave the right password spends the account's tries here, and only this session those of one signed in. */
async function mayTry(c: AppContext, needs: AccountNeeds, who: SignedIn): Promise<boolean> {
  const isIn = who.confirmedAt !== undefined;
  return takeTry(needs, c, "codes", isIn ? { session: who } : { email: who.email, person: who });
}

/** What follows everything that is asked: this browser is known, and desks that somebody left get a new key. */
export async function afterSignIn(
  c: AppContext,
  needs: AccountNeeds,
  who: { readonly id: string; readonly identity: string },
): Promise<void> {
  await rememberDevice(needs, c, who.id);
  // Whoever signs in must get in; the next one who does tries again.
  await renewDeskKeys(needs, who).catch((error) => needs.log.error(describeError(error), "a desk key was not renewed"));
}

function showLost(c: AppContext, form: FormState): Response {
  return page(c, lostPage, { form }, options(form, c.get("ui").t("accounts.lost.title")));
}

async function receiveLost(c: AppContext, needs: AccountNeeds): Promise<Response> {
  const who = signedIn.get(c);
  if (who.confirmedAt !== undefined || !who.hasSecondFactor) return seeOther(c, SECOND_FACTOR);
  const fields = await readFields(c, true);
  const checked = checkForm(LostForm, fields);
  if (!checked.ok) return showLost(c, checked.form);
  const wrong = (key: "accounts.confirm.tooMany" | "accounts.recovery.wrong") =>
    showLost(c, formState(fields, [{ field: "code", phrase: { key } }]));
  if (!(await mayTry(c, needs, who))) return wrong("accounts.confirm.tooMany");
  const recoveryCode = await dropSecondFactor(needs, who, checked.input.code);
  if (recoveryCode === undefined) return wrong("accounts.recovery.wrong");
  const { t } = c.get("ui");
  const next = { path: SECOND_FACTOR, label: t("accounts.lost.next") };
  return page(
    c,
    recoveryCodePage,
    { recoveryCode, next, lead: t("accounts.lost.done") },
    options(undefined, t("accounts.lost.title")),
  );
}

function options(form: FormState | undefined, title: string) {
  const failed = (form?.errors.length ?? 0) > 0;
  return { title, failed, status: failed ? 422 : 200, layout: "staff", narrow: true } as const;
}
