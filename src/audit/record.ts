import { randomToken } from "#platform/crypto/derive.ts";
import type { Writer } from "#platform/db/database.ts";
import { markEntry } from "./mark-entry.ts";
import { insertAuditEntries } from "./store.ts";

/** Who acted; a reporter is never named by more than the fact of reporting. */
export type Actor =
  | { readonly kind: "person"; readonly id: string }
  | { readonly kind: "reporter" }
  | { readonly kind: "system" };

/** Everything that is recorded, in the order in which it is offered to be looked for. */
export const AUDIT_ACTIONS = [
  "report.received",
  "report.tracked",
  "report.notSafe",
  "report.answered",
  "case.read",
  "case.urgencyChanged",
  "case.statusChanged",
  "case.takenOffShelf",
  "case.spamConfirmed",
  "case.noteAdded",
  "case.assessmentChanged",
  "case.messageSent",
  "case.exclusionDeclared",
  "case.exclusionLifted",
  "case.keyShared",
  "case.accessAsked",
  "case.accessGranted",
  "case.accessRefused",
  "case.accessEnded",
  "case.deadlineMissed",
  "case.deadlineEscalated",
  "case.deadlineReviewed",
  "case.deadlineExtended",
  "account.created",
  "account.signedIn",
  "account.signInRefused",
  "account.heldUp",
  "account.refused",
  "account.signedOut",
  "account.languageChanged",
  "account.setupLinkMade",
  "account.passwordTaken",
  "account.confirmed",
  "account.passwordChanged",
  "account.recoveryCodeRenewed",
  "account.recoveryOffered",
  "account.recovered",
  "account.secondFactorSet",
  "account.secondFactorDropped",
  "account.keysBroughtBack",
  "account.roleChanged",
  "account.closed",
  "invitation.made",
  "invitation.renewed",
  "invitation.revoked",
  "invitation.sent",
  "desk.keyCovered",
  "desk.keyMade",
  "desk.memberAdded",
  "desk.memberAdmitted",
  "desk.memberRemoved",
  "desk.leadChanged",
  "desk.added",
  "desk.changed",
  "desk.fallbackProposed",
  "desk.fallbackWithdrawn",
  "desk.fallbackConfirmed",
  "desk.fallbackRefused",
  "directory.imported",
  "directory.exported",
  "institution.added",
  "institution.changed",
  "institution.contactChanged",
  "absence.added",
  "absence.removed",
  "opening.added",
  "opening.removed",
  "setting.changed",
  "backup.made",
  "backup.failed",
  "backup.dayToCome",
  "backup.restored",
  "page.loaded",
  "page.published",
  "page.withdrawn",
  "audit.read",
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

export interface AuditFact {
  readonly action: AuditAction;
  readonly by: Actor;
  readonly subject: {
    readonly kind: "case" | "person" | "desk" | "institution" | "directory" | "audit" | "service" | "backup" | "page";
    readonly id: string | undefined;
  };
  readonly at: number;
  /** Codes only; never a text a person typed. */
  readonly detail?: Readonly<Record<string, string | number>>;
}

/** Records a fact in the transaction of what it records: what is not audited did not happen. */
export async function recordAudit(tx: Writer, fact: AuditFact): Promise<void> {
  await recordAudits(tx, [fact]);
}

/** The same for many facts of one act, in few statements. */
export async function recordAudits(tx: Writer, facts: readonly AuditFact[]): Promise<void> {
  const entries = facts.map((fact) => ({
    id: randomToken(),
    at: fact.at,
    actorKind: fact.by.kind,
    actorId: fact.by.kind === "person" ? fact.by.id : null,
    action: fact.action,
    subjectKind: fact.subject.kind,
    subjectId: fact.subject.id ?? null,
    detail: JSON.stringify(fact.detail ?? {}),
  }));
  for (let at = 0; at < entries.length; at += AT_ONCE) {
    const some = entries.slice(at, at + AT_ONCE);
    await insertAuditEntries(
      tx,
      some.map((entry) => ({ entry, mark: markEntry(tx, entry) })),
    );
  }
}

const AT_ONCE = 500;
