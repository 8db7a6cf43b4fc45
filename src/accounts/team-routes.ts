import { Hono } from "hono";
import { findPlacedDesk } from "#institutions/index.ts";
import type { AppContext, AppEnv, Routes } from "#platform/http/app.ts";
import { notFound } from "#platform/http/errors.ts";
import { page, seeOther } from "#platform/http/page.ts";
import { readFields } from "#platform/http/read-body.ts";
import { account } from "./account.ts";
import { admitMember } from "./admit-member.ts";
import { changeLead } from "./change-lead.ts";
import { decideFallback } from "./decide-fallback.ts";
import { invitationAddress } from "./invitation-link.ts";
import { listInvitations } from "./invitation-store.ts";
import { inviteAgain } from "./invite-person.ts";
import { findColleague, findStanding, listOwnDesks } from "./managed-desk.ts";
import type { AccountNeeds } from "./needs.ts";
import { removeMember } from "./remove-member.ts";
import { may } from "./signed-in.ts";
import { steppedUp } from "./step-up.ts";
import { type TeamNotice, teamAddress, teamProps } from "./team-page.ts";
import { listMembers } from "./team-store.ts";
import { removePage, teamPage, teamsPage } from "./views.ts";

const TEAM = "/staff/team";
const DESK = `${TEAM}/:desk{[\\w-]{8,40}}`;
const MEMBER = `${DESK}/:person{[\\w-]{8,40}}`;
const MOST_INVITATIONS = 200;

/** The people of a desk: who works there, who waits, who was invited. */
export function teamRoutes(needs: AccountNeeds): Routes {
  const read = may(needs, "team.read");
  const manage = may(needs, "people.manage");
  const fresh = steppedUp(needs);
  return new Hono<AppEnv>()
    .get(TEAM, may(needs, "team.own"), (c) => showTeams(c, needs))
    .get(DESK, read, (c) => showTeam(c, needs))
    .post(`${DESK}/fallback`, may(needs, "team.own"), fresh, (c) => receiveFallback(c, needs))
    .post(`${MEMBER}/admit`, read, fresh, (c) => receiveAdmission(c, needs))
    .post(`${MEMBER}/recover`, read, fresh, (c) => receiveRecovery(c, needs))
    .post(`${MEMBER}/lead`, manage, fresh, (c) => receiveLead(c, needs))
    .get(`${MEMBER}/remove`, manage, (c) => showRemoval(c, needs, false))
    .post(`${MEMBER}/remove`, manage, fresh, (c) => receiveRemoval(c, needs));
}

const deskOf = (c: AppContext) => c.req.param("desk") ?? "";
const namedBy = (c: AppContext) => ({ deskId: deskOf(c), personId: c.req.param("person") ?? "" });

/** Most people work at one desk, and see it at once. */
async function showTeams(c: AppContext, { db }: AccountNeeds): Promise<Response> {
  const { t } = c.get("ui");
  const desks = await db.read((reader) => listOwnDesks(reader, account.get(c).id));
  const [only] = desks;
  if (only && desks.length === 1) return seeOther(c, teamAddress(only.desk.id));
  const shown = desks.map(({ desk, institution }) => ({
    path: teamAddress(desk.id),
    label: `${t.local(desk.name)} – ${t.local(institution.name)}`,
  }));
  return page(c, teamsPage, { desks: shown }, { title: t("team.title"), layout: "staff" });
}

async function showTeam(c: AppContext, needs: AccountNeeds, notice?: TeamNotice): Promise<Response> {
  const { db, now } = needs;
  const who = account.get(c);
  const found = await db.read(async (reader) => {
    const standing = await findStanding(reader, who, deskOf(c));
    if (!standing) return undefined;
    const invitations = standing.manages
      ? await listInvitations(reader, { deskIds: [standing.desk.id], most: MOST_INVITATIONS })
      : [];
    const proposed = await findPlacedDesk(reader, standing.desk.proposedFallbackId);
    return { standing, members: await listMembers(reader, standing.desk.id), invitations, proposed };
  });
  if (!found) throw notFound();
  const props = teamProps(c.get("ui"), { ...found, who, now: now(), notice });
  const status = notice ? 409 : 200;
  return page(c, teamPage, props, { title: c.get("ui").t("team.title"), status, layout: "staff" });
}

async function receiveAdmission(c: AppContext, needs: AccountNeeds): Promise<Response> {
  await readFields(c);
  const outcome = await admitMember(needs, { kind: "colleague", by: account.get(c) }, namedBy(c));
  if (outcome === "missing") {
    // Pressed twice, the person is admitted by now.
    if (await isAt(c, needs)) return seeOther(c, teamAddress(deskOf(c)));
    throw notFound();
  }
  return outcome === "done" ? seeOther(c, teamAddress(deskOf(c))) : showTeam(c, needs, `admit.${outcome}`);
}

/** An administrator proposes who stands in; whoever works at the desk says whether it does. */
async function receiveFallback(c: AppContext, needs: AccountNeeds): Promise<Response> {
  const fields = await readFields(c);
  const who = account.get(c);
  const standing = await needs.db.read((reader) => findStanding(reader, who, deskOf(c)));
  if (!standing?.admitted) throw notFound();
  const [proposedId = "", decision] = [fields.get("fallback")?.[0], fields.get("decision")?.[0]];
  if (decision !== "confirm" && decision !== "refuse") return seeOther(c, teamAddress(deskOf(c)));
  const confirms = decision === "confirm";
  const outcome = await decideFallback(needs, who, { deskId: deskOf(c), proposedId, confirms });
  if (outcome === "missing") throw notFound();
  return outcome === "done" ? seeOther(c, teamAddress(deskOf(c))) : showTeam(c, needs, `fallback.${outcome}`);
}

const isAt = (c: AppContext, { db }: AccountNeeds) =>
  db.read((reader) => findColleague(reader, account.get(c), namedBy(c)));

async function receiveRecovery(c: AppContext, needs: AccountNeeds): Promise<Response> {
  await readFields(c);
  const who = account.get(c);
  const found = await isAt(c, needs);
  if (!found || found.member.personId === who.id) throw notFound();
  const invitation = await inviteAgain(needs, who, found.member.personId);
  if (!invitation) throw notFound();
  return seeOther(c, invitationAddress(invitation.id));
}

async function receiveLead(c: AppContext, needs: AccountNeeds): Promise<Response> {
  const leads = (await readFields(c)).get("leads")?.[0] === "yes";
  const found = await isAt(c, needs);
  if (!found?.standing.manages) throw notFound();
  await changeLead(needs, account.get(c), { ...namedBy(c), leads });
  return seeOther(c, teamAddress(deskOf(c)));
}

async function showRemoval(c: AppContext, needs: AccountNeeds, isLast: boolean): Promise<Response> {
  const { t } = c.get("ui");
  const found = await isAt(c, needs);
  if (!found?.standing.manages) throw notFound();
  const { member, standing } = found;
  const props = {
    name: member.name,
    desk: t.local(standing.desk.name),
    back: teamAddress(standing.desk.id),
    action: teamAddress(standing.desk.id, `/${member.personId}/remove`),
    isLast,
    isSelf: member.personId === account.get(c).id,
  };
  const title = t("team.title");
  return page(c, removePage, props, { title, status: isLast ? 409 : 200, layout: "staff", narrow: true });
}

async function receiveRemoval(c: AppContext, needs: AccountNeeds): Promise<Response> {
  const evenLast = (await readFields(c)).get("last")?.[0] === "yes";
  const who = account.get(c);
  const found = await isAt(c, needs);
  if (!found) {
    const standing = await needs.db.read((reader) => findStanding(reader, who, deskOf(c)));
    // Pressed twice, the person is gone by now.
    if (standing?.manages) return seeOther(c, teamAddress(standing.desk.id));
    throw notFound();
  }
  if (!found.standing.manages) throw notFound();
  const outcome = await removeMember(needs, who, { ...namedBy(c), evenLast });
  if (outcome === "last") return showRemoval(c, needs, true);
  return seeOther(c, found.member.personId === who.id ? "/staff" : teamAddress(deskOf(c)));
}
