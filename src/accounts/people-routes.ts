import { Hono } from "hono";
import { recordAudit } from "#audit/index.ts";
import { listDesks, listDesksBehind } from "#institutions/index.ts";
import type { Reader } from "#platform/db/database.ts";
import type { AppContext, AppEnv, Routes } from "#platform/http/app.ts";
import { notFound } from "#platform/http/errors.ts";
import { checkForm } from "#platform/http/form.ts";
import { page, seeOther } from "#platform/http/page.ts";
import { readFields } from "#platform/http/read-body.ts";
import { account } from "./account.ts";
import { changeRole } from "./change-role.ts";
import { deleteKnownDevicesOf } from "./device-store.ts";
import { endAccount } from "./end-account.ts";
import { RoleForm } from "./forms.ts";
import { invitationAddress } from "./invitation-link.ts";
import { inviteAgain } from "./invite-person.ts";
import type { AccountNeeds } from "./needs.ts";
import { PEOPLE, personAddress, receiveSearch, showPeople } from "./people-list.ts";
import { findPerson, type Person } from "./person-store.ts";
import { type Role, rolesInstead } from "./roles.ts";
import { deleteSessionsOf } from "./session-store.ts";
import { may } from "./signed-in.ts";
import { steppedUp } from "./step-up.ts";
import { sayRole, teamAddress } from "./team-page.ts";
import { listMembershipsOf } from "./team-store.ts";
import { closePage, personPage } from "./views.ts";

const PERSON = `${PEOPLE}/:id{[\\w-]{22}}`;

/** Everybody with an account, for who looks after them. */
export function peopleRoutes(needs: AccountNeeds): Routes {
  const read = may(needs, "people.read");
  const fresh = steppedUp(needs);
  return (
    new Hono<AppEnv>()
      .get(PEOPLE, read, (c) => showPeople(c, needs))
      // Names are looked for in a form: an address stays behind in the browser.
      .post(PEOPLE, read, (c) => receiveSearch(c, needs))
      .get(PERSON, read, (c) => showPerson(c, needs))
      .post(`${PERSON}/role`, read, fresh, (c) => receiveRole(c, needs))
      .post(`${PERSON}/recover`, read, fresh, (c) => receiveRecovery(c, needs))
      .post(`${PERSON}/sessions/end`, read, fresh, (c) => receiveSignOut(c, needs))
      .get(`${PERSON}/close`, read, (c) => showClosing(c, needs))
      .post(`${PERSON}/close`, read, fresh, (c) => receiveClosing(c, needs))
  );
}

async function findOne(c: AppContext, { db }: AccountNeeds): Promise<Person> {
  const found = await db.read((reader) => findPerson(reader, c.req.param("id") ?? ""));
  if (!found) throw notFound();
  return found;
}

async function showPerson(c: AppContext, needs: AccountNeeds): Promise<Response> {
  const ui = c.get("ui");
  const { t } = ui;
  const person = await findOne(c, needs);
  const { desks, roles } = await needs.db.read(async (reader) => {
    const own = await listMembershipsOf(reader, person.id);
    const named = await listDesks(
      reader,
      own.map(({ deskId }) => deskId),
    );
    const shown = own.flatMap(({ deskId, admittedAt, leads }) => {
      const desk = named.find(({ id }) => id === deskId);
      return desk ? [{ path: teamAddress(deskId), name: t.local(desk.name), waits: admittedAt === null, leads }] : [];
    });
    return { desks: shown, roles: await listRolesInstead(reader, person) };
  });
  const props = {
    id: person.id,
    name: person.name,
    email: person.email,
    role: person.role,
    roles: roles.map((role) => ({ value: role, label: sayRole(ui, role) })),
    hasSecondFactor: person.sealedTotp !== null,
    since: ui.date(person.createdAt),
    signedIn: person.signedInAt === null ? t("team.neverSignedIn") : ui.moment(person.signedInAt),
    desks,
    own: person.id === account.get(c).id,
    path: personAddress(person.id),
  };
  return page(c, personPage, props, { title: t("people.title"), layout: "staff", narrow: true });
}

/** The roles that somebody may be given instead of the own one, by where they work now. */
async function listRolesInstead(reader: Reader, { id, role }: Pick<Person, "id" | "role">): Promise<Role[]> {
  const ids = (await listMembershipsOf(reader, id)).map(({ deskId }) => deskId);
  const helped = await listDesksBehind(reader, ids);
  const standsIn = (deskId: string) => helped.some(({ fallbackId }) => fallbackId === deskId);
  const desks = (await listDesks(reader, ids)).map((desk) => ({ kind: desk.kind, standsIn: standsIn(desk.id) }));
  return rolesInstead(role, desks);
}

async function receiveRole(c: AppContext, needs: AccountNeeds): Promise<Response> {
  const person = await findOne(c, needs);
  const checked = checkForm(RoleForm, await readFields(c));
  const own = person.id === account.get(c).id;
  const roles = await needs.db.read((reader) => listRolesInstead(reader, person));
  if (checked.ok && !own && roles.includes(checked.input.role))
    await changeRole(needs, account.get(c), { personId: person.id, role: checked.input.role });
  return seeOther(c, personAddress(person.id));
}

async function receiveRecovery(c: AppContext, needs: AccountNeeds): Promise<Response> {
  await readFields(c);
  const person = await findOne(c, needs);
  if (person.id === account.get(c).id) throw notFound();
  const invitation = await inviteAgain(needs, account.get(c), person.id);
  if (!invitation) throw notFound();
  return seeOther(c, invitationAddress(invitation.id));
}

/** Signs somebody out everywhere, for a phone that was stolen; the account stays as it is. */
async function receiveSignOut(c: AppContext, needs: AccountNeeds): Promise<Response> {
  await readFields(c);
  const { id } = await findOne(c, needs);
  const by = { kind: "person", id: account.get(c).id } as const;
  await needs.db.write(async (tx) => {
    await deleteSessionsOf(tx, id);
    await deleteKnownDevicesOf(tx, id);
    const detail = { where: "administrator" };
    await recordAudit(tx, {
      action: "account.signedOut",
      by,
      subject: { kind: "person", id },
      at: needs.now(),
      detail,
    });
  });
  return seeOther(c, personAddress(id));
}

async function showClosing(c: AppContext, needs: AccountNeeds, refused?: "lastAdmin" | "last"): Promise<Response> {
  const { name, id } = await findOne(c, needs);
  const props = {
    name,
    back: personAddress(id),
    action: personAddress(id, "/close"),
    refused: refused === "lastAdmin",
    isLast: refused === "last",
  };
  const title = c.get("ui").t("people.title");
  return page(c, closePage, props, { title, status: refused ? 409 : 200, layout: "staff", narrow: true });
}

async function receiveClosing(c: AppContext, needs: AccountNeeds): Promise<Response> {
  const evenLast = (await readFields(c)).get("last")?.[0] === "yes";
  const { id } = await findOne(c, needs);
  const outcome = await endAccount(needs, account.get(c), { personId: id, evenLast });
  return outcome === "done" ? seeOther(c, PEOPLE) : showClosing(c, needs, outcome);
}
