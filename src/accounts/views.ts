import type { FormState } from "#platform/http/app.ts";
import type { Option, Parts } from "#platform/views/parts.ts";
import type { QrCode } from "#platform/views/qr-code.ts";
import { view } from "#platform/views/view.ts";

interface Way {
  readonly path: string;
  readonly label: string;
}

export const signInPage = view<{
  form: FormState;
  /** How to get TLS, where what is typed here travels for everybody on the way to read. */
  plain: readonly string[];
}>("accounts/sign-in");
/** Where set-up begins: what the service is for. */
export const setupSizePage = view<{ plain: readonly string[] }>("accounts/setup-size");
export const setupPage = view<{
  form: FormState;
  size: "country" | "school";
  plain: readonly string[];
  languages: readonly Option[];
  stages: readonly Option[];
  types: readonly Option[];
  places: Parts["parts/grouped-select"]["groups"];
}>("accounts/setup");
/** A recovery code, shown once, and where to go on. */
export const recoveryCodePage = view<{ recoveryCode: string; lead: string; next: Way }>("accounts/recovery-code");

export const codePage = view<{ form: FormState }>("accounts/code");
export const secondFactorPage = view<{
  form: FormState;
  action: string;
  /** Apps that make codes and are free for everybody. */
  apps: string;
  picture: QrCode;
  /** What to type where no picture can be taken. */
  typed: string;
  replaces: boolean;
}>("accounts/second-factor");
export const lostPage = view<{ form: FormState }>("accounts/lost");
export const recoverPage = view<{ form: FormState }>("accounts/recover");
export const confirmPage = view<{
  form: FormState;
  action: string;
  carried: readonly { readonly name: string; readonly value: string }[];
  asks: "confirmCode" | "confirmPassword";
}>("accounts/confirm");

export const accountPage = view<{
  name: string;
  email: string;
  role: string;
  languages: readonly Option[];
  language: string;
  form: FormState;
  done: string | undefined;
  hasSecondFactor: boolean;
  /** Where an earlier password or recovery code may bring keys back. */
  former: string | undefined;
  sessions: readonly { begun: string; used: string; half: boolean; own: boolean; path: string }[];
  lately: readonly { at: number; what: string }[];
}>("accounts/account");

export const formerPage = view<{
  form: FormState;
  done: readonly string[];
  which: readonly Option[];
  action: string;
  back: string;
}>("accounts/former");

export const acceptPage = view<{
  form: FormState;
  languages: readonly Option[];
  email: string;
  /** The account is there already, and gets a new password. */
  again: boolean;
}>("accounts/accept");
export const deadInvitationPage = view<{ state: "used" | "revoked" | "over" }>("accounts/dead-invitation");

export interface ShownInvitation {
  readonly name: string;
  readonly email: string;
  readonly role: string;
  readonly until: string;
  readonly isOver: boolean;
  readonly path: string;
}

export interface ShownMember {
  readonly name: string;
  readonly email: string;
  readonly role: string;
  readonly signedIn: string;
  readonly waits: boolean;
  readonly leads: boolean;
  readonly own: boolean;
  readonly path: string;
}

declare module "#platform/views/parts.ts" {
  interface Parts {
    "accounts/_picture": { readonly picture: QrCode; readonly label: string };
    "accounts/_invitations": { readonly invitations: readonly ShownInvitation[] };
  }
}

export const teamsPage = view<{ desks: readonly Way[] }>("accounts/teams");
export const teamPage = view<{
  heading: string;
  institution: string;
  invite: string | undefined;
  notice: string | undefined;
  /** A desk that is proposed to stand in; who works here decides. */
  fallback: { name: string; id: string; action: string } | undefined;
  /** Works here and so can let others in. */
  admits: boolean;
  manages: boolean;
  members: readonly ShownMember[];
  invitations: readonly ShownInvitation[];
}>("accounts/team");
export const removePage = view<{
  name: string;
  desk: string;
  back: string;
  action: string;
  isLast: boolean;
  isSelf: boolean;
}>("accounts/remove");

export const invitePage = view<{
  form: FormState;
  action: string;
  back: string;
  desk: string | undefined;
  institution: string | undefined;
  roles: readonly Option[];
  languages: readonly Option[];
  mayLead: boolean;
  letters: boolean;
}>("accounts/invite");
export const invitationPage = view<{
  state: "waiting" | "used" | "revoked" | "over";
  again: boolean;
  name: string;
  email: string;
  role: string;
  desk: string | undefined;
  until: string;
  link: string;
  picture: QrCode;
  back: string;
  renew: string;
  revoke: string;
  /** Undefined where no letters are sent. */
  send: string | undefined;
  sent: boolean;
}>("accounts/invitation");

export const peoplePage = view<{
  words: string;
  role: string;
  roles: readonly Option[];
  rows: readonly { name: string; email: string; role: string; signedIn: string; path: string }[];
  filtered: boolean;
  more: boolean;
  invitations: readonly ShownInvitation[];
  rowsAPage: number;
  previous: string | undefined;
  next: string | undefined;
}>("accounts/people");
export const personPage = view<{
  id: string;
  name: string;
  email: string;
  role: string;
  roles: readonly Option[];
  hasSecondFactor: boolean;
  since: string;
  signedIn: string;
  desks: readonly { path: string; name: string; waits: boolean; leads: boolean }[];
  own: boolean;
  path: string;
}>("accounts/person");
export const closePage = view<{ name: string; back: string; action: string; refused: boolean; isLast: boolean }>(
  "accounts/close",
);
