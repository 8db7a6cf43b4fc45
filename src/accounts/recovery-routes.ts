import { Hono } from "hono";
import type { AppContext, AppEnv, FormState, Routes } from "#platform/http/app.ts";
import { markShown, sensitive } from "#platform/http/away.ts";
import { tooMany } from "#platform/http/errors.ts";
import { checkForm, formState } from "#platform/http/form.ts";
import { page } from "#platform/http/page.ts";
import { readFields } from "#platform/http/read-body.ts";
import { RecoverForm } from "./forms.ts";
import type { AccountNeeds } from "./needs.ts";
import { findPersonByEmail } from "./person-store.ts";
import { recoverByCode } from "./recover-by-code.ts";
import { takeTry } from "./take-try.ts";
import { recoverPage, recoveryCodePage } from "./views.ts";

const PATH = "/staff/recover";

/** A lost password: with the recovery code somebody sets a new one without anybody's help. */
export function recoveryRoutes(needs: AccountNeeds): Routes {
  const gate = sensitive(needs.cookies);
  return new Hono<AppEnv>()
    .get(PATH, gate, (c) => showRecover(c, formState(new Map())))
    .post(PATH, gate, (c) => receiveRecover(c, needs));
}

function showRecover(c: AppContext, form: FormState): Response {
  const failed = form.errors.length > 0;
  const title = c.get("ui").t("accounts.recover.title");
  return page(c, recoverPage, { form }, { title, failed, status: failed ? 422 : 200, layout: "staff", narrow: true });
}

async function receiveRecover(c: AppContext, needs: AccountNeeds): Promise<Response> {
  const fields = await readFields(c, true);
  const checked = checkForm(RecoverForm, fields);
  if (!checked.ok) return showRecover(c, checked.form);
  const { email, recovery, password } = checked.input;
  const person = await needs.db.read((reader) => findPersonByEmail(reader, email));
  if (!(await takeTry(needs, c, "recoveries", { email, person }))) throw tooMany();
  const recoveryCode = await recoverByCode(needs, { person, code: recovery, password });
  if (recoveryCode === undefined)
    return showRecover(c, formState(fields, [{ field: "recovery", phrase: { key: "accounts.recover.refused" } }]));
  markShown(c);
  const { t } = c.get("ui");
  const next = { path: "/staff", label: t("accounts.setup.signIn") };
  const props = { recoveryCode, next, lead: t("accounts.recover.done") };
  return page(c, recoveryCodePage, props, { title: t("accounts.recover.title"), layout: "staff", narrow: true });
}
