import { Hono } from "hono";
import { secretsMark } from "#platform/crypto/secrets-mark.ts";
import type { AppContext, AppEnv, Routes } from "#platform/http/app.ts";
import { markShown } from "#platform/http/away.ts";
import { page, seeOther } from "#platform/http/page.ts";
import { readFields } from "#platform/http/read-body.ts";
import { account } from "./account.ts";
import { START } from "./first-desk.ts";
import { makeRecoveryKey } from "./make-recovery-key.ts";
import type { AccountNeeds } from "./needs.ts";
import { readStart } from "./read-start.ts";
import { may } from "./signed-in.ts";
import { endingOf, startProps } from "./start-page.ts";
import { recoveryKeyPage, startPage } from "./start-views.ts";
import { steppedUp } from "./step-up.ts";

/** What a new service still needs, with a way to each, for whoever set it up; and the recovery key, shown once. */
export function startRoutes(needs: AccountNeeds): Routes {
  const starts = may(needs, "service.start");
  return new Hono<AppEnv>()
    .get(START, starts, (c) => showStart(c, needs))
    .post(START, starts, steppedUp(needs), (c) => receiveRecoveryKey(c, needs));
}

async function showStart(c: AppContext, needs: AccountNeeds): Promise<Response> {
  const ui = c.get("ui");
  const start = await needs.db.read((reader) => readStart(reader, needs, needs.now()));
  return page(c, startPage, startProps(ui, needs, start), { title: ui.t("accounts.start.title"), layout: "staff" });
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
