import { Hono } from "hono";
import type { AppContext, AppEnv, FormState, Routes } from "#platform/http/app.ts";
import { checkForm, formState } from "#platform/http/form.ts";
import { page, seeOther } from "#platform/http/page.ts";
import { readFields } from "#platform/http/read-body.ts";
import type { Ui } from "#platform/views/ui.ts";
import { account, signedIn } from "./account.ts";
import { type BroughtBack, bringBackKeys } from "./bring-back-keys.ts";
import { listShownFormer } from "./former-standing.ts";
import { FormerForm } from "./forms.ts";
import type { AccountNeeds } from "./needs.ts";
import { may } from "./signed-in.ts";
import { steppedUp } from "./step-up.ts";
import { takeTry } from "./take-try.ts";
import { formerPage } from "./views.ts";

const ACCOUNT = "/staff/account";
export const FORMER = `${ACCOUNT}/former`;

/** Brings back what only the keys that an account had before a link open. */
export function formerRoutes(needs: AccountNeeds): Routes {
  const own = may(needs, "account.own");
  const fresh = steppedUp(needs);
  return new Hono<AppEnv>()
    .get(FORMER, own, fresh, (c) => showFormer(c, needs, formState(new Map())))
    .post(FORMER, own, fresh, (c) => receiveFormer(c, needs));
}

async function showFormer(
  c: AppContext,
  needs: AccountNeeds,
  form: FormState,
  done: readonly string[] = [],
): Promise<Response> {
  const ui = c.get("ui");
  const former = await needs.db.read((reader) => listShownFormer(needs, reader, signedIn.get(c).id));
  if (former.length === 0 && done.length === 0) return seeOther(c, ACCOUNT);
  const which = former.map(({ id, endedAt }) => ({
    value: id,
    label: ui.t("accounts.former.until", { moment: ui.moment(endedAt) }),
  }));
  const failed = form.errors.length > 0;
  const props = { form, done, which, action: FORMER, back: ACCOUNT };
  const title = ui.t("accounts.account.title");
  return page(c, formerPage, props, { title, failed, status: failed ? 422 : 200, layout: "staff", narrow: true });
}

async function receiveFormer(c: AppContext, needs: AccountNeeds): Promise<Response> {
  const fields = await readFields(c, true);
  const checked = checkForm(FormerForm, fields);
  if (!checked.ok) return showFormer(c, needs, checked.form);
  const who = account.get(c);
  const wrong = (key: "accounts.confirm.tooMany" | "accounts.former.wrong") =>
    showFormer(c, needs, formState(fields, [{ field: "formerPassword", phrase: { key } }]));
  if (!(await takeTry(needs, c, "codes", { session: who }))) return wrong("accounts.confirm.tooMany");
  const { former: formerId, formerPassword: typed } = checked.input;
  const outcome = await bringBackKeys(needs, who, { formerId, typed });
  if (outcome === "wrong") return wrong("accounts.former.wrong");
  // Pressed twice, it is done by now.
  if (outcome === "missing") return seeOther(c, ACCOUNT);
  return showFormer(c, needs, formState(new Map()), sayBroughtBack(c.get("ui"), outcome));
}

function sayBroughtBack({ t }: Ui, { cases, more }: BroughtBack): string[] {
  return [
    ...(cases > 0 ? [t.count("accounts.former.back", cases)] : []),
    ...(more ? [t("accounts.former.more")] : []),
    ...(cases === 0 && !more ? [t("accounts.former.nothing")] : []),
  ];
}
