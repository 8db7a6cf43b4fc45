import { Hono } from "hono";
import { account, may } from "#accounts/index.ts";
import type { AppContext, AppEnv, FormState, Routes } from "#platform/http/app.ts";
import { notFound } from "#platform/http/errors.ts";
import { checkForm, formState, wholeNumber } from "#platform/http/form.ts";
import { page, seeOther } from "#platform/http/page.ts";
import { readFields } from "#platform/http/read-body.ts";
import { accessPageProps, grantedPageProps, ROWS_A_PAGE } from "./access-page.ts";
import { type AccessPlace, listOwnAccess } from "./access-store.ts";
import { accessPage, grantedPage } from "./access-views.ts";
import { askAccess } from "./ask-access.ts";
import { findAsker } from "./find-case-below.ts";
import { AccessForm } from "./forms.ts";
import type { CaseworkNeeds } from "./inbox-routes.ts";
import { accessAddress } from "./list-address.ts";
import { readGrantedCase } from "./read-granted-case.ts";

const PATH = "/staff/access";

/** What a supervisor asks to read, and reads where the desk has granted it. */
export function accessRoutes(needs: CaseworkNeeds): Routes {
  const ask = may(needs, "case.ask");
  return new Hono<AppEnv>()
    .get(PATH, ask, (c) => showAccess(c, needs))
    .post(PATH, ask, (c) => receiveRequest(c, needs))
    .get(`${PATH}/:number{[0-9]{4}-[0-9]{6,12}}`, ask, (c) => showGranted(c, needs));
}

async function showAccess(
  c: AppContext,
  { db, now }: CaseworkNeeds,
  form: FormState = formState(new Map()),
): Promise<Response> {
  const ui = c.get("ui");
  const before = placeFrom(c.req.query("before"));
  const found = await db.read(async (reader) => {
    const asker = await findAsker(reader, account.get(c).id);
    return asker ? listOwnAccess(reader, asker, { before, most: ROWS_A_PAGE + 1 }) : [];
  });
  const props = accessPageProps(ui, { found, before, form, now: now() });
  const failed = form.errors.length > 0;
  const title = ui.t("access.title");
  return page(c, accessPage, props, { title, failed, status: failed ? 422 : 200, layout: "staff" });
}

function placeFrom(text: string | undefined): AccessPlace | undefined {
  const [, askedAt, id] = /^(\d{1,15})\.([\w-]{1,40})$/.exec(text ?? "") ?? [];
  return askedAt && id ? { askedAt: Number(askedAt), id } : undefined;
}

async function receiveRequest(c: AppContext, needs: CaseworkNeeds): Promise<Response> {
  const fields = await readFields(c);
  const checked = checkForm(AccessForm, fields);
  if (!checked.ok) return showAccess(c, needs, checked.form);
  const outcome = await askAccess(needs, account.get(c), checked.input);
  if (outcome === "done") return seeOther(c, accessAddress());
  // One sentence for a number that nobody has, that is not below, and that a conflict keeps away.
  const key = ({ asked: "access.already", many: "access.many", missing: "access.number.unknown" } as const)[outcome];
  return showAccess(c, needs, formState(fields, [{ field: "number", phrase: { key } }]));
}

async function showGranted(c: AppContext, needs: CaseworkNeeds): Promise<Response> {
  const below = wholeNumber(c.req.query("below"));
  const versionsBelow = wholeNumber(c.req.query("versions"));
  const number = c.req.param("number") ?? "";
  const granted = await readGrantedCase(needs, account.get(c), number, { below, versionsBelow });
  if (!granted) throw notFound();
  const shown = { ...granted, now: needs.now(), browsing: versionsBelow !== undefined };
  return page(c, grantedPage, grantedPageProps(needs.country, c.get("ui"), shown), { title: number, layout: "staff" });
}
