import { Hono } from "hono";
import { type Desk, listDesks } from "#institutions/index.ts";
import type { Reader } from "#platform/db/database.ts";
import type { AppContext, AppEnv, FormState, Routes } from "#platform/http/app.ts";
import { notFound } from "#platform/http/errors.ts";
import { checkForm, fieldsFrom, formState } from "#platform/http/form.ts";
import { page, seeOther } from "#platform/http/page.ts";
import { readFields } from "#platform/http/read-body.ts";
import { qrCode } from "#platform/views/qr-code.ts";
import { type Account, account } from "./account.ts";
import { changeInvitation } from "./change-invitation.ts";
import { InviteForm } from "./forms.ts";
import { invitationAddress, invitationPath, invitationToken, stateOf } from "./invitation-link.ts";
import { findInvitation, type Invitation } from "./invitation-store.ts";
import { invitePerson } from "./invite-person.ts";
import { findStanding, type StandingAt } from "./managed-desk.ts";
import type { AccountNeeds } from "./needs.ts";
import { mayDo, type Role, rolesAt } from "./roles.ts";
import { sendInvitation } from "./send-invitation.ts";
import { may } from "./signed-in.ts";
import { steppedUp } from "./step-up.ts";
import { sayRole, teamAddress } from "./team-page.ts";
import { isColleague } from "./team-store.ts";
import { invitationPage, invitePage } from "./views.ts";

const AT_DESK = "/staff/team/:desk{[\\w-]{8,40}}/invite";
const NOWHERE = "/staff/people/invite";
const MADE = "/staff/invitations/:id{[\\w-]{22}}";

/** Inviting people, to a desk or to work that needs none, and the page with the link. */
export function inviteRoutes(needs: AccountNeeds): Routes {
  const manage = may(needs, "people.manage");
  const all = may(needs, "people.read");
  const team = may(needs, "team.read");
  const fresh = steppedUp(needs);
  return new Hono<AppEnv>()
    .get(AT_DESK, manage, (c) => showInvite(c, needs))
    .post(AT_DESK, manage, fresh, (c) => receiveInvite(c, needs))
    .get(NOWHERE, all, (c) => showInvite(c, needs))
    .post(NOWHERE, all, fresh, (c) => receiveInvite(c, needs))
    .get(MADE, team, fresh, (c) => showInvitation(c, needs))
    .post(`${MADE}/renew`, team, fresh, (c) => receiveChange(c, needs, "renew"))
    .post(`${MADE}/revoke`, team, fresh, (c) => receiveChange(c, needs, "revoke"))
    .post(`${MADE}/send`, team, fresh, (c) => receiveSending(c, needs));
}

/** The desk that the address names, if this person may invite to it; undefined where it names none. */
async function placeOf(c: AppContext, { db }: AccountNeeds): Promise<StandingAt | undefined> {
  const deskId = c.req.param("desk");
  if (deskId === undefined) return undefined;
  const standing = await db.read((reader) => findStanding(reader, account.get(c), deskId));
  if (!standing?.manages) throw notFound();
  return standing;
}

async function showInvite(c: AppContext, needs: AccountNeeds): Promise<Response> {
  const place = await placeOf(c, needs);
  const [first = ""] = rolesToGive(account.get(c), place);
  return answerInvite(c, needs, place, formState(fieldsFrom({ language: c.get("ui").lang, role: first, send: "yes" })));
}

function answerInvite(c: AppContext, needs: AccountNeeds, place: StandingAt | undefined, form: FormState): Response {
  const ui = c.get("ui");
  const failed = form.errors.length > 0;
  const props = {
    form,
    action: place ? teamAddress(place.desk.id, "/invite") : NOWHERE,
    back: place ? teamAddress(place.desk.id) : "/staff/people",
    desk: place && ui.t.local(place.desk.name),
    institution: place && ui.t.local(place.institution.name),
    roles: rolesToGive(account.get(c), place).map((role) => ({ value: role, label: sayRole(ui, role) })),
    languages: needs.country.languages.map(({ tag, name }) => ({ value: tag, label: name })),
    mayLead: place !== undefined,
    letters: sendsLetters(needs),
  };
  const title = ui.t("invite.title");
  return page(c, invitePage, props, { title, failed, status: failed ? 422 : 200, layout: "staff", narrow: true });
}

/** Whoever leads a desk invites to the own work; another kind of work is an administrator's to give. */
function rolesToGive(who: Account, place: StandingAt | undefined): Role[] {
  const roles = rolesAt(place && { kind: place.desk.kind, standsIn: place.standsIn });
  return mayDo(who.role, "people.manage") ? roles : roles.filter((role) => role === who.role);
}

const sendsLetters = ({ mail, baseUrl }: AccountNeeds) => mail !== undefined && baseUrl !== undefined;

async function receiveInvite(c: AppContext, needs: AccountNeeds): Promise<Response> {
  const place = await placeOf(c, needs);
  const fields = await readFields(c);
  const checked = checkForm(InviteForm, fields);
  if (!checked.ok) return answerInvite(c, needs, place, checked.form);
  const { leads, send, ...wanted } = checked.input;
  const wrong = (
    field: string,
    key: "errors.field.unknown" | "invite.emailTaken" | "invite.alreadyInvited" | "invite.alreadyHere",
  ) => answerInvite(c, needs, place, formState(fields, [{ field, phrase: { key } }]));
  const who = account.get(c);
  if (!rolesToGive(who, place).includes(wanted.role)) return wrong("role", "errors.field.unknown");
  const made = await invitePerson(needs, who, {
    ...{ ...wanted, deskId: place?.desk.id, leads: place !== undefined && leads === "yes" },
  });
  if (made.outcome === "joined") return seeOther(c, teamAddress(place?.desk.id ?? ""));
  if (made.outcome !== "invited") return wrong("email", `invite.${made.outcome}`);
  if (send === "yes" && sendsLetters(needs)) await sendInvitation(needs, who, made.invitation);
  return seeOther(c, invitationAddress(made.invitation.id));
}

/** An invitation that this person may see: of a desk that he leads, one that she made, or any for who looks after all. */
async function findOwn(
  c: AppContext,
  { db }: AccountNeeds,
): Promise<{ invitation: Invitation; desk: Desk | undefined }> {
  const who = account.get(c);
  const found = await db.read(async (reader) => {
    const invitation = await findInvitation(reader, c.req.param("id") ?? "");
    if (!invitation) return undefined;
    if (!(await isOwn(reader, who, invitation))) return undefined;
    const { deskId } = invitation;
    return { invitation, desk: deskId === null ? undefined : (await listDesks(reader, [deskId]))[0] };
  });
  if (!found) throw notFound();
  return found;
}

/** Whoever offered a colleague a new start may go on with it for as long as they are colleagues. */
async function isOwn(reader: Reader, who: Account, { deskId, invitedBy, personId }: Invitation): Promise<boolean> {
  if (mayDo(who.role, "people.manage")) return true;
  if (deskId !== null) return (await findStanding(reader, who, deskId))?.manages === true;
  return invitedBy === who.id && personId !== null && isColleague(reader, who.id, personId);
}

async function showInvitation(c: AppContext, needs: AccountNeeds): Promise<Response> {
  const { invitation, desk } = await findOwn(c, needs);
  const ui = c.get("ui");
  const { t } = ui;
  const origin = needs.baseUrl ?? new URL(c.req.url).origin;
  const link = new URL(invitationPath(invitationToken(needs.secrets, invitation)), origin).href;
  const state = stateOf(invitation, needs.now());
  const path = invitationAddress(invitation.id);
  const props = {
    state,
    again: invitation.kind === "again",
    name: invitation.name,
    email: invitation.email,
    role: sayRole(ui, invitation.role),
    desk: desk && t.local(desk.name),
    until: ui.moment(invitation.expiresAt),
    link,
    picture: qrCode(link),
    back: desk ? teamAddress(desk.id) : mayDo(account.get(c).role, "people.read") ? "/staff/people" : "/staff/team",
    renew: `${path}/renew`,
    revoke: `${path}/revoke`,
    send: sendsLetters(needs) ? `${path}/send` : undefined,
    sent: c.req.query("sent") === "1",
  };
  return page(c, invitationPage, props, { title: t("invite.title"), layout: "staff", narrow: true });
}

async function receiveChange(c: AppContext, needs: AccountNeeds, what: "renew" | "revoke"): Promise<Response> {
  await readFields(c);
  const { invitation } = await findOwn(c, needs);
  await changeInvitation(needs, account.get(c), invitation, what);
  return seeOther(c, invitationAddress(invitation.id));
}

async function receiveSending(c: AppContext, needs: AccountNeeds): Promise<Response> {
  await readFields(c);
  const { invitation } = await findOwn(c, needs);
  const waits = stateOf(invitation, needs.now()) === "waiting";
  if (waits && sendsLetters(needs)) await sendInvitation(needs, account.get(c), invitation);
  return seeOther(c, invitationAddress(invitation.id, waits ? "?sent=1" : ""));
}
