import { Hono } from "hono";
import { isLanguage } from "#messages/messages.ts";
import type { AppContext, AppEnv, FormState, Routes } from "#platform/http/app.ts";
import { carried } from "#platform/http/app.ts";
import { hidden, markShown } from "#platform/http/away.ts";
import { notFound } from "#platform/http/errors.ts";
import { checkForm, fieldsFrom, formState } from "#platform/http/form.ts";
import { guard } from "#platform/http/guard.ts";
import { page } from "#platform/http/page.ts";
import { readFields } from "#platform/http/read-body.ts";
import { uiFor } from "#platform/views/ui.ts";
import { acceptInvitation } from "./accept-invitation.ts";
import { AcceptForm } from "./forms.ts";
import { findByToken, stateOf } from "./invitation-link.ts";
import type { Invitation } from "./invitation-store.ts";
import type { AccountNeeds } from "./needs.ts";
import { acceptPage, deadInvitationPage, recoveryCodePage } from "./views.ts";

const PATH = "/staff/invitations/:token{[\\w-]{22}\\.[\\w-]{32}}";

const invited = carried<Invitation>("invitation");

/** The link that an invited person holds: it makes the account, once. */
export function acceptRoutes(needs: AccountNeeds): Routes {
  const holdsLink = guard("invitation-link", async (c, next) => {
    const instead = hidden(needs.cookies, c);
    if (instead) return instead;
    const token = c.req.param("token") ?? "";
    const found = await needs.db.read((reader) => findByToken(reader, needs.secrets, token));
    if (!found) throw notFound();
    invited.set(c, found);
    if (isLanguage(found.language)) c.set("ui", uiFor(found.language, needs.country));
    return next();
  });
  return new Hono<AppEnv>()
    .get(PATH, holdsLink, (c) => showAccept(c, needs, formState(firstFields(invited.get(c)))))
    .post(PATH, holdsLink, (c) => receiveAccept(c, needs));
}

const firstFields = ({ name, language }: Invitation) => fieldsFrom({ name, language });

/** Whoever holds a link that is no longer worth anything learns why, and what to do. */
function showAccept(c: AppContext, { now, country }: AccountNeeds, form: FormState): Response {
  const invitation = invited.get(c);
  const { t } = c.get("ui");
  const title = t("accounts.invited.title");
  const state = stateOf(invitation, now());
  if (state !== "waiting")
    return page(c, deadInvitationPage, { state }, { title, status: 410, layout: "staff", narrow: true });
  const failed = form.errors.length > 0;
  const languages = country.languages.map(({ tag, name }) => ({ value: tag, label: name }));
  const props = { form, languages, email: invitation.email, again: invitation.kind === "again" };
  return page(c, acceptPage, props, { title, failed, status: failed ? 422 : 200, layout: "staff", narrow: true });
}

async function receiveAccept(c: AppContext, needs: AccountNeeds): Promise<Response> {
  const invitation = invited.get(c);
  const checked = checkForm(AcceptForm, await readFields(c, true));
  if (!checked.ok) return showAccept(c, needs, checked.form);
  if (stateOf(invitation, needs.now()) !== "waiting") return showAccept(c, needs, formState(new Map()));
  const made = await acceptInvitation(needs, invitation, checked.input);
  const { t } = c.get("ui");
  const title = t("accounts.invited.title");
  // Somebody else used the link, or made an account with this e-mail, in the same moment.
  if (!made)
    return page(c, deadInvitationPage, { state: "used" }, { title, status: 410, layout: "staff", narrow: true });
  markShown(c);
  const props = {
    recoveryCode: made.recoveryCode,
    lead: t(made.waits ? "accounts.invited.waits" : "accounts.invited.done"),
    next: { path: "/staff", label: t("accounts.setup.signIn") },
  };
  return page(c, recoveryCodePage, props, { title, layout: "staff", narrow: true });
}
