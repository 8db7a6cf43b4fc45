import { Hono } from "hono";
import { z } from "zod";
import { secretsMark } from "#platform/crypto/secrets-mark.ts";
import type { AppContext, AppEnv, FormState, Routes } from "#platform/http/app.ts";
import { markShown } from "#platform/http/away.ts";
import { checkForm } from "#platform/http/form.ts";
import { page, seeOther } from "#platform/http/page.ts";
import { isPlainHere } from "#platform/http/plain-line.ts";
import { readFields } from "#platform/http/read-body.ts";
import { account } from "./account.ts";
import { changeOffered } from "./change-offered.ts";
import { START } from "./first-desk.ts";
import { makeRecoveryKey } from "./make-recovery-key.ts";
import type { AccountNeeds } from "./needs.ts";
import { readStart } from "./read-start.ts";
import { offeredField } from "./setup-form.ts";
import { may } from "./signed-in.ts";
import { endingOf, startProps } from "./start-page.ts";
import { recoveryKeyPage, startPage } from "./start-views.ts";
import { steppedUp } from "./step-up.ts";

/** Where the languages that the public is offered are changed. */
const OFFERED = `${START}/languages`;

/** What a new service still needs, with a way to each, for whoever set it up; and the recovery key, shown once. */
export function startRoutes(needs: AccountNeeds): Routes {
  const starts = may(needs, "service.start");
  return (
    new Hono<AppEnv>()
      .get(START, starts, (c) => showStart(c, needs))
      // Where the form was answered with its page, reloading and switching the language ask for that address.
      .get(OFFERED, starts, (c) => seeOther(c, START))
      .post(OFFERED, starts, (c) => receiveOffered(c, needs))
      .post(START, may(needs, "recovery.make"), steppedUp(needs), (c) => receiveRecoveryKey(c, needs))
  );
}

async function showStart(c: AppContext, needs: AccountNeeds, form?: FormState): Promise<Response> {
  const ui = c.get("ui");
  const start = await needs.db.read((reader) => readStart(reader, needs, needs.now()));
  const props = startProps(ui, { ...needs, plain: isPlainHere(c) }, start, form);
  const failed = form !== undefined;
  const title = ui.t("accounts.start.title");
  return page(c, startPage, props, { title, failed, status: failed ? 422 : 200, layout: "staff" });
}

async function receiveOffered(c: AppContext, needs: AccountNeeds): Promise<Response> {
  const checked = checkForm(z.object({ offered: offeredField(needs.country) }), await readFields(c), ["offered"]);
  if (!checked.ok) return showStart(c, needs, checked.form);
  await changeOffered(needs, account.get(c), checked.input.offered);
  return seeOther(c, `${START}#languages`);
}

async function receiveRecoveryKey(c: AppContext, needs: AccountNeeds): Promise<Response> {
  const replaces = (await readFields(c)).get("replaces")?.[0] ?? "";
  // What the environment says comes first: another key would open nothing.
  const keys =
    needs.recoveryRecipient === undefined ? await makeRecoveryKey(needs, account.get(c), replaces) : undefined;
  if (!keys) return seeOther(c, `${START}#recovery`);
  markShown(c);
  const title = c.get("ui").t("accounts.start.title");
  return page(
    c,
    recoveryKeyPage,
    { identity: keys.identity, ending: endingOf(keys.recipient), mark: secretsMark(needs.secrets), back: START },
    { title, layout: "staff", narrow: true },
  );
}
