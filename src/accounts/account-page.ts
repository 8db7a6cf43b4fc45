import { Hono } from "hono";
import { listAuditOf, recordAudit } from "#audit/index.ts";
import { digest } from "#platform/crypto/derive.ts";
import type { AppContext, AppEnv, FormState, Routes } from "#platform/http/app.ts";
import { markShown } from "#platform/http/away.ts";
import { notFound } from "#platform/http/errors.ts";
import { checkForm, formState } from "#platform/http/form.ts";
import { page, seeOther } from "#platform/http/page.ts";
import { readFields } from "#platform/http/read-body.ts";
import type { Ui } from "#platform/views/ui.ts";
import { account, signedIn } from "./account.ts";
import { changePassword, renewRecoveryCode } from "./change-own-keys.ts";
import { endSessionOf } from "./end-session.ts";
import { FORMER, formerRoutes } from "./former-routes.ts";
import { listShownFormer } from "./former-standing.ts";
import { PasswordForm } from "./forms.ts";
import type { AccountNeeds } from "./needs.ts";
import { sayDoing } from "./say-doing.ts";
import { listSessionsOf, type SessionRow } from "./session-store.ts";
import { IDLE_MS } from "./sessions.ts";
import { may } from "./signed-in.ts";
import { steppedUp } from "./step-up.ts";
import { takeTry } from "./take-try.ts";
import { sayRole } from "./team-page.ts";
import { accountPage, recoveryCodePage } from "./views.ts";

const PATH = "/staff/account";
const MOST_SHOWN = 15;

/** A person's own account: its sessions, its keys, and what happened to it lately. */
export function accountPageRoutes(needs: AccountNeeds): Routes {
  const own = may(needs, "account.own");
  const fresh = steppedUp(needs);
  return new Hono<AppEnv>()
    .get(PATH, own, (c) => showAccount(c, needs, formState(new Map())))
    .post(`${PATH}/password`, own, (c) => receivePassword(c, needs))
    .post(`${PATH}/recovery-code`, own, fresh, (c) => receiveRecoveryCode(c, needs))
    .post("/staff/sessions/:session{[0-9a-f]{16}}/end", own, fresh, (c) => receiveEnd(c, needs))
    .route("/", formerRoutes(needs));
}

async function showAccount(c: AppContext, needs: AccountNeeds, form: FormState, done?: "password"): Promise<Response> {
  const { db, country, now } = needs;
  const ui = c.get("ui");
  const { id, name, email, language, role, hasSecondFactor, sessionId } = signedIn.get(c);
  const found = await db.read(async (reader) => ({
    sessions: await listSessionsOf(reader, id),
    lately: await listAuditOf(reader, "person", id, MOST_SHOWN),
    former: await listShownFormer(needs, reader, id),
  }));
  const failed = form.errors.length > 0;
  const props = {
    ...{ name, email, language, form, hasSecondFactor },
    role: sayRole(ui, role),
    former: found.former.length > 0 ? FORMER : undefined,
    done: done === "password" ? ui.t("accounts.password.changed") : undefined,
    languages: country.languages.map(({ tag, name: label }) => ({ value: tag, label })),
    sessions: found.sessions
      .filter(({ expiresAt }) => expiresAt > now())
      .toSorted((one, other) => other.createdAt - one.createdAt)
      .map((each) => shownSession(ui, each, digest(sessionId))),
    lately: found.lately.flatMap(({ at, action, detail }) => {
      const what = sayDoing(ui, action, detail);
      return what === undefined ? [] : [{ at, what }];
    }),
  };
  const title = ui.t("accounts.account.title");
  return page(c, accountPage, props, { title, failed, status: failed ? 422 : 200, layout: "staff" });
}

/** A session by the beginning of what it is stored under, which opens nothing. */
function shownSession(ui: Ui, { idHash, createdAt, expiresAt, confirmedAt }: SessionRow, own: string) {
  return {
    begun: ui.moment(createdAt),
    used: ui.moment(expiresAt - IDLE_MS),
    half: confirmedAt === null,
    own: idHash === own,
    path: `/staff/sessions/${idHash.slice(0, 16)}/end`,
  };
}

async function receivePassword(c: AppContext, needs: AccountNeeds): Promise<Response> {
  const fields = await readFields(c, true);
  const checked = checkForm(PasswordForm, fields);
  if (!checked.ok) return showAccount(c, needs, checked.form);
  const who = account.get(c);
  const wrong = (key: "accounts.confirm.tooMany" | "accounts.password.wrong") =>
    showAccount(c, needs, formState(fields, [{ field: "password", phrase: { key } }]));
  const { password: current, newPassword: password } = checked.input;
  if (!(await takeTry(needs, c, "codes", { session: who }))) return wrong("accounts.confirm.tooMany");
  if (!(await changePassword(needs, who, { current, password }))) return wrong("accounts.password.wrong");
  return showAccount(c, needs, formState(new Map()), "password");
}

async function receiveRecoveryCode(c: AppContext, needs: AccountNeeds): Promise<Response> {
  await readFields(c, true);
  const recoveryCode = await renewRecoveryCode(needs, account.get(c));
  if (recoveryCode === undefined) throw notFound();
  markShown(c);
  const { t } = c.get("ui");
  const next = { path: PATH, label: t("accounts.account.back") };
  const props = { recoveryCode, next, lead: t("accounts.recoveryCode.renewed") };
  return page(c, recoveryCodePage, props, { title: t("accounts.account.title"), layout: "staff", narrow: true });
}

async function receiveEnd(c: AppContext, { db, now }: AccountNeeds): Promise<Response> {
  await readFields(c);
  const { id } = account.get(c);
  const beginning = c.req.param("session") ?? "";
  await db.write(async (tx) => {
    const subject = { kind: "person", id } as const;
    if (!(await endSessionOf(tx, id, beginning))) return;
    await recordAudit(tx, { action: "account.signedOut", by: subject, subject, at: now(), detail: { where: "one" } });
  });
  return seeOther(c, `${PATH}#sessions`);
}
