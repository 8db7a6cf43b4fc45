import { Hono } from "hono";
import { account, may } from "#accounts/index.ts";
import { phrase } from "#messages/messages.ts";
import type { AppContext, AppEnv, Fields, Routes } from "#platform/http/app.ts";
import { checkForm, formState } from "#platform/http/form.ts";
import { seeOther } from "#platform/http/page.ts";
import { readFields } from "#platform/http/read-body.ts";
import { type Added, addOpening, removeOpening } from "./change-opening.ts";
import type { DirectoryNeeds } from "./needs.ts";
import { openingForm, type TypedOpening } from "./opening-form.ts";
import { renderConfirmation, renderPlan } from "./opening-page.ts";

const PATH = "/staff/opening";

/** The plan of opening: who may report where, from which day on. */
export function openingRoutes(needs: DirectoryNeeds): Routes {
  return new Hono<AppEnv>()
    .get(PATH, may(needs, "directory.read"), (c) => renderPlan(c, needs, {}))
    .post(PATH, may(needs, "directory.change"), (c) => receiveOpening(c, needs))
    .post(`${PATH}/:id{[\\w-]{8,40}}/remove`, may(needs, "directory.change"), (c) => receiveRemoval(c, needs));
}

async function receiveOpening(c: AppContext, needs: DirectoryNeeds): Promise<Response> {
  const typed = await readFields(c);
  const checked = checkForm(openingForm(needs.country, needs.now()), typed);
  if (!checked.ok) return renderPlan(c, needs, { form: checked.form });
  const added = await addOpening(needs, account.get(c).id, checked.input);
  return added.ok ? seeOther(c, PATH) : answerRefused(c, needs, typed, checked.input, added);
}

function answerRefused(
  c: AppContext,
  needs: DirectoryNeeds,
  typed: Fields,
  line: TypedOpening,
  refused: Added & { readonly ok: false },
): Response | Promise<Response> {
  if (refused.because === "closes") {
    const given = ["territory", "stage", "from"].map((name) => ({ name, value: typed.get(name)?.[0] ?? "" }));
    return renderConfirmation(c, needs, { change: "add", line, places: refused.places, action: PATH, given });
  }
  const form = formState(typed, [{ field: "territory", phrase: phrase(`opening.add.error.${refused.because}`) }]);
  return renderPlan(c, needs, { form });
}

async function receiveRemoval(c: AppContext, needs: DirectoryNeeds): Promise<Response> {
  const typed = await readFields(c);
  const id = c.req.param("id") ?? "";
  const removed = await removeOpening(needs, account.get(c).id, {
    id,
    confirmed: typed.get("confirmed")?.[0] === "yes",
  });
  if (removed.ok) return seeOther(c, PATH);
  if (removed.because === "holds") return renderPlan(c, needs, { refused: true });
  const { line, places } = removed;
  return renderConfirmation(c, needs, { change: "remove", line, places, action: `${PATH}/${id}/remove`, given: [] });
}
