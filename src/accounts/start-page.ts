import { secretsMark } from "#platform/crypto/secrets-mark.ts";
import type { FormState } from "#platform/http/app.ts";
import { fieldsFrom, formState } from "#platform/http/form.ts";
import type { Ui } from "#platform/views/ui.ts";
import { invitationAddress } from "./invitation-link.ts";
import type { AccountNeeds } from "./needs.ts";
import type { Start } from "./read-start.ts";
import { HOW_TO_SECURE } from "./secure-line.ts";
import type { ShownStep, startPage } from "./start-views.ts";
import { teamAddress } from "./team-page.ts";

type Needs = Pick<
  AccountNeeds,
  "country" | "mail" | "baseUrl" | "recoveryRecipient" | "backsUp" | "secrets" | "now"
> & {
  /** Others can read along with this request. */
  readonly plain: boolean;
};

/** Puts into words how far a new service has come, one step after the other. */
export function startProps(
  ui: Ui,
  needs: Needs,
  start: Start,
  form: FormState = formState(fieldsFrom({ offered: start.offered })),
): NonNullable<typeof startPage.props> {
  const { t } = ui;
  const { size, operator, open, opened } = start;
  return {
    said: !open || needs.plain ? "waits" : opened ? "ready" : "closed",
    size: t(`accounts.setup.${size}`),
    operator: operator && t.local(operator),
    form,
    languages: needs.country.languages.map(({ tag, name }) => ({ value: tag, label: name })),
    steps: [
      recoveryStep(ui, needs, start),
      deskStep(ui, start),
      stageStep(ui, start),
      mailStep(ui, needs),
      lineStep(ui, needs),
      backupStep(ui, needs, start),
      contentStep(ui, start),
      ...(size === "school" ? [outsideStep(ui, start)] : []),
    ],
  };
}

const ENDING = 8;
/** By what a key on paper and the one in use are told to be the same. */
export const endingOf = (recipient = ""): string => recipient.slice(-ENDING);

function recoveryStep({ t }: Ui, { recoveryRecipient, plain }: Needs, { stored, late, uncovered }: Start): ShownStep {
  const head = { id: "recovery", heading: t("accounts.start.recovery") } as const;
  const recipient = recoveryRecipient ?? stored;
  const where = recoveryRecipient === undefined ? "stored" : "set";
  const makes = recoveryRecipient === undefined && !late && !plain;
  const make = recipient === undefined ? "accounts.start.recovery.make" : "accounts.start.recovery.makeAnother";
  return {
    ...head,
    state: recipient === undefined || uncovered > 0 ? "missing" : "done",
    said:
      recipient === undefined
        ? [t("accounts.start.recovery.what"), t(`accounts.start.recovery.${late ? "late" : plain ? "plain" : "now"}`)]
        : [
            t(`accounts.start.recovery.${where}`),
            ...(uncovered > 0 ? [t.count("accounts.start.recovery.uncovered", uncovered)] : []),
          ],
    typed: recipient === undefined ? [] : [`…${endingOf(recipient)}`],
    button: makes ? { label: t(make), replaces: endingOf(stored) } : undefined,
  };
}

function deskStep(ui: Ui, { size, desk, open, invitation }: Start): ShownStep {
  const { t } = ui;
  const head = { id: "desk", heading: t(`accounts.start.desk.${size}`) } as const;
  const team = desk && teamAddress(desk.id);
  if (open)
    return {
      ...head,
      state: "done",
      said: [t("accounts.start.desk.open")],
      link: team === undefined ? undefined : wayTo(ui, team),
    };
  const other = t("accounts.start.desk.other");
  if (invitation) {
    const waits = t("accounts.start.desk.invited", { until: ui.moment(invitation.expiresAt) });
    const link = { path: invitationAddress(invitation.id), label: t("accounts.start.desk.invitation") };
    return { ...head, state: "missing", said: [waits, other], link };
  }
  const link = desk && { path: teamAddress(desk.id, "/invite"), label: t("accounts.start.desk.invite") };
  return { ...head, state: "missing", said: [t("accounts.start.desk.none"), other], link };
}

const wayTo = ({ t }: Ui, path: string) => ({ path, label: t("accounts.start.desk.team") });

function stageStep({ t }: Ui, { stage }: Start): ShownStep {
  return {
    id: "stage",
    heading: t("accounts.start.stage"),
    state: stage === 0 ? "choice" : "done",
    said: [t(`opening.stage.${stage}`)],
    link: { path: "/staff/opening", label: t("accounts.start.stage.change") },
  };
}

function mailStep({ t }: Ui, { mail, baseUrl }: Needs): ShownStep {
  const said = mail === undefined ? "none" : baseUrl === undefined ? "noAddress" : "set";
  const state = mail === undefined ? "choice" : baseUrl === undefined ? "missing" : "done";
  return { id: "mail", heading: t("accounts.start.mail"), state, said: [t(`accounts.start.mail.${said}`)] };
}

function lineStep({ t }: Ui, { plain, baseUrl }: Needs): ShownStep {
  const said = plain ? "plain" : baseUrl?.startsWith("https:") ? "secure" : "near";
  const state = ({ plain: "missing", near: "choice", secure: "done" } as const)[said];
  const how = said === "secure" ? [] : [t("accounts.plain.how")];
  return {
    id: "line",
    heading: t("accounts.start.line"),
    state,
    said: [t(`accounts.start.line.${said}`), ...how],
    typed: said === "secure" ? [] : HOW_TO_SECURE,
  };
}

const DAY_MS = 86_400_000;
/** A backup is made each night; one that is older than two was missed. */
const LATE_MS = 2 * DAY_MS;

function backupStep(ui: Ui, { backsUp, secrets, now }: Needs, start: Start): ShownStep {
  const { t } = ui;
  const { backedUpAt, failedAt, dayToComeAt } = start;
  const late = (failedAt ?? 0) > (backedUpAt ?? 0) || (backedUpAt !== undefined && now() - backedUpAt > LATE_MS);
  const said = !backsUp ? "off" : late ? "late" : backedUpAt === undefined ? "soon" : "on";
  const last = backedUpAt === undefined ? [] : [t("accounts.start.backup.last", { when: ui.moment(backedUpAt) })];
  const odd = dayToComeAt !== undefined && now() - dayToComeAt < DAY_MS;
  return {
    id: "backup",
    heading: t("accounts.start.backup"),
    state: said === "on" && !odd ? "done" : "missing",
    said: [
      ...last,
      t(`accounts.start.backup.${said}`),
      ...(odd ? [t("accounts.start.backup.dayToCome")] : []),
      ...(backsUp ? [t("accounts.start.backup.mark")] : []),
    ],
    typed: backsUp ? [secretsMark(secrets)] : [],
  };
}

/** Nothing stands under the name of a school that nobody there has read. */
function contentStep({ t }: Ui, { drafts }: Start): ShownStep {
  return {
    id: "content",
    heading: t("accounts.start.content"),
    state: drafts === 0 ? "done" : "choice",
    said: [drafts === 0 ? t("accounts.start.content.done") : t.count("accounts.start.content.waiting", drafts)],
    link: { path: "/staff/library", label: t("accounts.start.content.read") },
  };
}

/** Where an employee harms, these come first: whoever reports must find them. */
function outsideStep({ t }: Ui, { outside }: Start): ShownStep {
  const link = { path: "/staff/institutions", label: t("accounts.nav.institutions") };
  return {
    id: "outside",
    heading: t("accounts.start.outside"),
    state: outside ? "done" : "missing",
    said: [t("accounts.start.outside.what")],
    link,
  };
}
