import { Hono, type MiddlewareHandler } from "hono";
import { account, may } from "#accounts/index.ts";
import type { PlainMessageKey } from "#messages/messages.ts";
import type { AppContext, AppEnv, FormState, Routes } from "#platform/http/app.ts";
import { notFound } from "#platform/http/errors.ts";
import { checkForm, formState } from "#platform/http/form.ts";
import { oneOf } from "#platform/http/one-of.ts";
import { page, seeOther } from "#platform/http/page.ts";
import { readFields } from "#platform/http/read-body.ts";
import { caseAccessProps } from "./access-page.ts";
import { caseAccessPage } from "./access-views.ts";
import { type DecideOutcome, grantAccess, refuseAccess, takeBackAccess, type Which } from "./decide-access.ts";
import { GrantForm } from "./forms.ts";
import type { CaseworkNeeds } from "./inbox-routes.ts";
import { caseAddress } from "./list-address.ts";
import { readRequests } from "./read-requests.ts";

const PATH = "/staff/cases/:number{[0-9]{4}-[0-9]{6,12}}/access";
const ONE = `${PATH}/:id{[\\w-]{22}}`;

export interface AccessNeeds extends CaseworkNeeds {
  /** Asks once more who it is. */
  readonly fresh: MiddlewareHandler<AppEnv>;
}

/** What supervisors ask of the desk that holds a case; each decision asks once more who decides. */
export function caseAccessRoutes(needs: AccessNeeds): Routes {
  const write = may(needs, "case.write");
  return (
    new Hono<AppEnv>()
      .get(PATH, write, (c) => showRequests(c, needs))
      // Where a decision was answered with its page, reloading and switching the language ask for that address.
      .get(`${ONE}/${oneOf("decision", ["grant", "refuse", "end"])}`, write, (c) => seeOther(c, pathOf(c)))
      .post(`${ONE}/grant`, write, needs.fresh, (c) => receiveGrant(c, needs))
      .post(`${ONE}/refuse`, write, needs.fresh, (c) => receive(c, needs, refuseAccess))
      .post(`${ONE}/end`, write, needs.fresh, (c) => receive(c, needs, takeBackAccess))
  );
}

const numberOf = (c: AppContext) => c.req.param("number") ?? "";
const pathOf = (c: AppContext) => caseAddress(numberOf(c), {}, "/access");
const whichOf = (c: AppContext): Which => ({ number: numberOf(c), id: c.req.param("id") ?? "" });

async function showRequests(
  c: AppContext,
  needs: AccessNeeds,
  form: FormState = formState(new Map()),
): Promise<Response> {
  const number = numberOf(c);
  const requests = await readRequests(needs, account.get(c), number);
  if (!requests) throw notFound();
  const props = caseAccessProps(c.get("ui"), { number, requests, form, now: needs.now() });
  const failed = form.errors.length > 0;
  const status = failed ? 422 : 200;
  return page(c, caseAccessPage, props, { title: number, failed, status, layout: "staff", narrow: true });
}

async function receiveGrant(c: AppContext, needs: AccessNeeds): Promise<Response> {
  const checked = checkForm(GrantForm, await readFields(c));
  if (!checked.ok) return answerWrong(c, needs, "access.days.wrong");
  const { days } = checked.input;
  return answer(c, needs, await grantAccess(needs, account.get(c), whichOf(c), days));
}

async function receive(c: AppContext, needs: AccessNeeds, decide: typeof refuseAccess): Promise<Response> {
  await readFields(c);
  return answer(c, needs, await decide(needs, account.get(c), whichOf(c)));
}

/** Whoever decides second sees what the first one decided. */
function answer(c: AppContext, needs: AccessNeeds, outcome: DecideOutcome): Response | Promise<Response> {
  if (outcome === "missing") throw notFound();
  if (outcome === "done") return seeOther(c, pathOf(c));
  return answerWrong(c, needs, outcome === "gone" ? "access.gone" : "access.decided.before");
}

function answerWrong(c: AppContext, needs: AccessNeeds, key: PlainMessageKey): Promise<Response> {
  return showRequests(c, needs, formState(c.get("typed"), [{ field: "requests", phrase: { key } }]));
}
