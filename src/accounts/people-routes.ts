import { Hono } from "hono";
import { listDesks, searchForm } from "#institutions/index.ts";
import type { AppContext, AppEnv, Routes } from "#platform/http/app.ts";
import { notFound } from "#platform/http/errors.ts";
import { checkForm } from "#platform/http/form.ts";
import { page, seeOther } from "#platform/http/page.ts";
import { readFields } from "#platform/http/read-body.ts";
import { account } from "./account.ts";
import { changeRole } from "./change-role.ts";
import { endAccount } from "./end-account.ts";
import { PeopleQuery, RoleForm } from "./forms.ts";
import { invitationAddress } from "./invitation-link.ts";
import { listInvitations } from "./invitation-store.ts";
import { inviteAgain } from "./invite-person.ts";
import type { AccountNeeds } from "./needs.ts";
import { type ListedPerson, listPeople, type PersonPlace } from "./people-store.ts";
import { findPerson, type Person } from "./person-store.ts";
import { ROLE_NAMES, sameWork } from "./roles.ts";
import { may } from "./signed-in.ts";
import { steppedUp } from "./step-up.ts";
import { sayRole, shownInvitation, teamAddress } from "./team-page.ts";
import { listMembershipsOf } from "./team-store.ts";
import { closePage, peoplePage, personPage } from "./views.ts";

const PEOPLE = "/staff/people";
const PERSON = `${PEOPLE}/:id{[\\w-]{22}}`;
const ROWS_A_PAGE = 50;
const MOST_INVITATIONS = 200;

/** Everybody with an account, for who looks after them. */
export function peopleRoutes(needs: AccountNeeds): Routes {
  const read = may(needs, "people.read");
  const fresh = steppedUp(needs);
  return new Hono<AppEnv>()
    .get(PEOPLE, read, (c) => showPeople(c, needs))
    .get(PERSON, read, (c) => showPerson(c, needs))
    .post(`${PERSON}/role`, read, fresh, (c) => receiveRole(c, needs))
    .post(`${PERSON}/recover`, read, fresh, (c) => receiveRecovery(c, needs))
    .get(`${PERSON}/close`, read, (c) => showClosing(c, needs))
    .post(`${PERSON}/close`, read, fresh, (c) => receiveClosing(c, needs));
}

export const personAddress = (id: string, more = "") => `${PEOPLE}/${id}${more}`;

async function showPeople(c: AppContext, { db, now }: AccountNeeds): Promise<Response> {
  const ui = c.get("ui");
  const { t } = ui;
  const query = PeopleQuery.parse(c.req.query());
  const { before, after } = query;
  const filter = {
    words: searchForm(query.words ?? "")
      .split(" ")
      .filter(Boolean)
      .slice(0, 8),
    role: query.role,
  };
  const found = await db.read(async (reader) => ({
    people: await listPeople(reader, filter, {
      ...{ from: placeFrom(before ?? after), backwards: before !== undefined, most: ROWS_A_PAGE + 1 },
    }),
    invitations: before || after ? [] : await listInvitations(reader, { deskIds: undefined, most: MOST_INVITATIONS }),
  }));
  const { rows, previous, next } = pageOf(found.people, query);
  const props = {
    words: query.words ?? "",
    role: query.role ?? "",
    roles: ROLE_NAMES.map((role) => ({ value: role, label: sayRole(ui, role) })),
    rows: rows.map(({ id, name, email, role, signedInAt }) => ({
      ...{ name, email, role: sayRole(ui, role), path: personAddress(id) },
      signedIn: signedInAt === null ? t("team.neverSignedIn") : ui.moment(signedInAt),
    })),
    filtered: filter.words.length > 0 || filter.role !== undefined,
    invitations: found.invitations.map((each) => shownInvitation(ui, each, now())),
    rowsAPage: ROWS_A_PAGE,
    previous,
    next,
  };
  return page(c, peoplePage, props, { title: t("people.title"), layout: "staff" });
}

const sayPlace = ({ searchName, id }: ListedPerson) => `${id}${searchName}`;

/** An id is always 22 characters long, and the rest is where it stands in the order. */
function placeFrom(text: string | undefined): PersonPlace | undefined {
  return text === undefined ? undefined : { id: text.slice(0, 22), name: text.slice(22) };
}

interface Paged {
  readonly words?: string | undefined;
  readonly role?: string | undefined;
  readonly before?: string | undefined;
  readonly after?: string | undefined;
}

function pageOf(found: readonly ListedPerson[], query: Paged) {
  const { before, after } = query;
  const more = found.length > ROWS_A_PAGE;
  // Read backwards, what is too much stands in front.
  const rows = before === undefined ? found.slice(0, ROWS_A_PAGE) : found.slice(-ROWS_A_PAGE);
  const [first, last] = [rows[0], rows.at(-1)];
  const goesBack = before === undefined ? after !== undefined : more;
  const goesOn = before === undefined ? more : true;
  return {
    rows,
    previous: goesBack && first ? listAddress(query, "before", sayPlace(first)) : undefined,
    next: goesOn && last ? listAddress(query, "after", sayPlace(last)) : undefined,
  };
}

function listAddress({ words, role }: Paged, name: "before" | "after", place: string): string {
  const query = new URLSearchParams({ ...(words ? { words } : {}), ...(role ? { role } : {}), [name]: place });
  return `${PEOPLE}?${query}`;
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
  const desks = await needs.db.read(async (reader) => {
    const own = await listMembershipsOf(reader, person.id);
    const named = await listDesks(
      reader,
      own.map(({ deskId }) => deskId),
    );
    return own.flatMap(({ deskId, admittedAt, leads }) => {
      const desk = named.find(({ id }) => id === deskId);
      return desk ? [{ path: teamAddress(deskId), name: t.local(desk.name), waits: admittedAt === null, leads }] : [];
    });
  });
  const props = {
    name: person.name,
    email: person.email,
    role: person.role,
    roles: sameWork(person.role).map((role) => ({ value: role, label: sayRole(ui, role) })),
    hasSecondFactor: person.sealedTotp !== null,
    since: ui.date(person.createdAt),
    signedIn: person.signedInAt === null ? t("team.neverSignedIn") : ui.moment(person.signedInAt),
    desks,
    own: person.id === account.get(c).id,
    path: personAddress(person.id),
  };
  return page(c, personPage, props, { title: t("people.title"), layout: "staff", narrow: true });
}

async function receiveRole(c: AppContext, needs: AccountNeeds): Promise<Response> {
  const person = await findOne(c, needs);
  const checked = checkForm(RoleForm, await readFields(c));
  const own = person.id === account.get(c).id;
  if (checked.ok && !own && sameWork(person.role).includes(checked.input.role))
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

async function showClosing(c: AppContext, needs: AccountNeeds, refused?: "lastAdmin"): Promise<Response> {
  const { name, id } = await findOne(c, needs);
  const props = { name, back: personAddress(id), action: personAddress(id, "/close"), refused: refused !== undefined };
  const title = c.get("ui").t("people.title");
  return page(c, closePage, props, { title, status: refused ? 409 : 200, layout: "staff", narrow: true });
}

async function receiveClosing(c: AppContext, needs: AccountNeeds): Promise<Response> {
  await readFields(c);
  const { id } = await findOne(c, needs);
  const outcome = await endAccount(needs, account.get(c), id);
  return outcome === "done" ? seeOther(c, PEOPLE) : showClosing(c, needs, outcome);
}
