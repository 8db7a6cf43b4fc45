import { Hono } from "hono";
import { account, may } from "#accounts/index.ts";
import { randomToken } from "#platform/crypto/derive.ts";
import type { AppContext, AppEnv, FormState, Routes } from "#platform/http/app.ts";
import { notFound } from "#platform/http/errors.ts";
import { checkForm, formState } from "#platform/http/form.ts";
import { page, seeOther } from "#platform/http/page.ts";
import { readFields } from "#platform/http/read-body.ts";
import { shownDeadline } from "./deadline-words.ts";
import { extensionPage } from "./due-views.ts";
import { type Extendable, extendDeadline, findExtendable } from "./extend-deadline.ts";
import { ExtensionForm } from "./forms.ts";
import type { CaseworkNeeds } from "./inbox-routes.ts";
import { caseAddress } from "./list-address.ts";
import { findCaseOf } from "./work-on-case.ts";

const PATH = "/staff/cases/:number{[0-9]{4}-[0-9]{6,12}}/deadlines/:deadline{[0-9a-f]{32}}";

/** More time for what a desk owes in a case, for a reason. */
export function extensionRoutes(needs: CaseworkNeeds): Routes {
  const write = may(needs, "case.write");
  return new Hono<AppEnv>()
    .get(PATH, write, (c) => showExtension(c, needs))
    .post(PATH, write, (c) => receiveExtension(c, needs));
}

const whichOf = (c: AppContext) => ({ number: c.req.param("number") ?? "", id: c.req.param("deadline") ?? "" });

const find = (c: AppContext, needs: CaseworkNeeds) =>
  needs.db.read((reader) => findExtendable(reader, needs, account.get(c).id, whichOf(c)));

/** Whoever comes when there is nothing to extend any more is led back to the case. */
async function showExtension(c: AppContext, needs: CaseworkNeeds): Promise<Response> {
  const found = await find(c, needs);
  if (found) return answer(c, needs, found, formState(new Map()));
  await assertOwn(c, needs);
  return seeOther(c, backTo(c));
}

const backTo = (c: AppContext) => `${caseAddress(whichOf(c).number, {})}#deadlines`;

async function assertOwn(c: AppContext, { db }: CaseworkNeeds): Promise<void> {
  if (!(await db.read((reader) => findCaseOf(reader, account.get(c).id, whichOf(c).number)))) throw notFound();
}

async function receiveExtension(c: AppContext, needs: CaseworkNeeds): Promise<Response> {
  const typed = await readFields(c);
  const checked = checkForm(ExtensionForm, typed);
  const outcome = checked.ok ? await extendDeadline(needs, account.get(c), whichOf(c), checked.input) : undefined;
  if (outcome === "done") return seeOther(c, backTo(c));
  await assertOwn(c, needs);
  const wrong = checked.ok ? formState(typed, outcome === "unknown-days" ? UNKNOWN_DAYS : []) : checked.form;
  return answer(c, needs, await find(c, needs), wrong);
}

const UNKNOWN_DAYS: FormState["errors"] = [{ field: "days", phrase: { key: "deadlines.extend.days.wrong" } }];

/** @param found undefined where it was met, passed or was extended while the reason was written */
function answer(c: AppContext, needs: CaseworkNeeds, found: Extendable | undefined, form: FormState): Response {
  const ui = c.get("ui");
  const { number } = whichOf(c);
  const shown = found && shownDeadline(needs.country, ui, found.row, needs.now());
  const props = {
    path: backTo(c),
    action: c.req.path,
    number,
    owed: shown && ui.t("deadlines.extend.owed", { duty: shown.duty, said: shown.said }),
    choices: [...(found?.choices ?? [])].map(([days, until]) => ({
      value: String(days),
      label: ui.t.count("deadlines.extend.days", days),
      hint: ui.t("deadlines.running", { until: ui.moment(until) }),
    })),
    once: form.field("once").value || randomToken(),
    form,
  };
  const failed = form.errors.length > 0 || !found;
  const status = found ? (failed ? 422 : 200) : 409;
  return page(c, extensionPage, props, { title: number, failed, status, layout: "staff", narrow: true });
}
