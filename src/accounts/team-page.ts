import type { PlacedDesk } from "#institutions/index.ts";
import type { Ui } from "#platform/views/ui.ts";
import type { Account } from "./account.ts";
import { invitationAddress, stateOf } from "./invitation-link.ts";
import type { Invitation } from "./invitation-store.ts";
import type { StandingAt } from "./managed-desk.ts";
import { isRole } from "./roles.ts";
import type { Member } from "./team-store.ts";
import type { ShownInvitation, ShownMember, teamPage } from "./views.ts";

export const teamAddress = (deskId: string, more = "") => `/staff/team/${encodeURIComponent(deskId)}${more}`;

/** What kept somebody from being admitted, or a proposal from being decided. */
export type TeamNotice = `admit.${"changed" | "noKey" | "offered"}` | `fallback.${"changed" | "closed"}`;

interface Found {
  readonly standing: StandingAt;
  readonly members: readonly Member[];
  readonly invitations: readonly Invitation[];
  /** The desk that is proposed to stand in for this one. */
  readonly proposed: PlacedDesk | undefined;
  readonly who: Account;
  readonly now: number;
  readonly notice: TeamNotice | undefined;
}

/** Puts the people of a desk into words. */
export function teamProps(
  ui: Ui,
  { standing, members, invitations, proposed, who, now, notice }: Found,
): NonNullable<typeof teamPage.props> {
  const { t } = ui;
  const { desk, institution, admitted, manages } = standing;
  return {
    heading: t.local(desk.name),
    institution: t.local(institution.name),
    invite: manages ? teamAddress(desk.id, "/invite") : undefined,
    notice: notice && t(`team.${notice}`),
    fallback: proposed && {
      name: `${t.local(proposed.desk.name)} – ${t.local(proposed.home.name)}`,
      id: proposed.desk.id,
      action: teamAddress(desk.id, "/fallback"),
    },
    admits: admitted,
    manages,
    members: members.map((member) => shownMember(ui, member, { deskId: desk.id, own: member.personId === who.id })),
    invitations: invitations.map((each) => shownInvitation(ui, each, now)),
  };
}

function shownMember(
  ui: Ui,
  { personId, name, email, role, admittedAt, leads, signedInAt }: Member,
  { deskId, own }: { readonly deskId: string; readonly own: boolean },
): ShownMember {
  const { t } = ui;
  return {
    name,
    email,
    role: sayRole(ui, role),
    signedIn: signedInAt === null ? t("team.neverSignedIn") : ui.moment(signedInAt),
    waits: admittedAt === null,
    leads,
    own,
    path: teamAddress(deskId, `/${personId}`),
  };
}

/** An invitation as a list shows it. */
export function shownInvitation(ui: Ui, invitation: Invitation, now: number): ShownInvitation {
  const { id, name, email, role, expiresAt } = invitation;
  const isOver = stateOf(invitation, now) === "over";
  return { name, email, role: sayRole(ui, role), until: ui.moment(expiresAt), isOver, path: invitationAddress(id) };
}

/** A role in words. */
export function sayRole({ t }: Ui, role: string): string {
  return isRole(role) ? t(`people.role.${role}`) : role;
}
