export const manage = {
  "manage.usage":
    "usage: npm run manage -- <add-person ROLE EMAIL NAME [IDENTIFIER [DESK]] | admit-by-recovery EMAIL | backup FILE [--verify] | restore FILE [--mark MARK] [--parts-differ] | import-institutions FILE [--apply] [--right-lines-only] | new-recovery-key | verify-audit | purge>",
  "manage.person.password": "The account is made. Its password: {password}",
  "manage.person.recovery": "Its recovery code, to be kept on paper: {recoveryCode}",
  "manage.person.notSetUp":
    "Nobody works here yet. First open the triage desk with the set-up link that the service prints.",
  "manage.person.emailTaken": "There is an account with this e-mail.",
  "manage.person.noInstitution": "There is no institution with this identifier.",
  "manage.person.noDesk": "This institution has no desk yet.",
  "manage.person.deskTaken": "This desk has its key already; a colleague there admits others.",
  "manage.person.whichDesk":
    "This institution has several desks. Name one that waits for its first member as the last argument:",
  "manage.admit.noIdentity": "Give the recovery identity on standard input: AGE-SECRET-KEY-1…",
  "manage.admit.nobody": "Nobody has an account with this e-mail.",
  "manage.admit.shared.one": "{count} case that was kept apart opens again.",
  "manage.admit.shared.few": "{count} cases that were kept apart open again.",
  "manage.admit.shared.other": "{count} cases that were kept apart open again.",
  "manage.admit.nowhere": "This person waits at no desk.",
  "manage.admit.done": "let in",
  "manage.admit.noKey": "not let in: the desk's key was not sealed to the recovery identity",
  "manage.admit.wrong": "This is not the identity to which the desks' keys were sealed.",
  "manage.askIdentity": "The recovery identity, AGE-SECRET-KEY-1…, then Enter:",
  "manage.recoveryIdentity": "Write this identity on paper and keep it away from every server: {identity}",
  "manage.auditFault": "audit {kind} at position {position}",
  "manage.audit.cut":
    "the record was cut: what was noted of its end in {file} is not in the database; see verify-audit, and after a restore on another server remove the note",
  "manage.audit.unreadable":
    "{file} is no note of this service, so nothing shows whether the record was cut: look into it, then remove the file",
  "manage.audit.unnoted":
    "nothing is noted in {file}, so nothing shows whether the record was cut: it is noted a minute after the service starts",
  "manage.audit.waiting":
    "entries of the record have waited for more than a minute: if the service runs, something keeps them from their place",
  "manage.auditHolds": "the audit chain holds",
  "manage.noRecovery":
    "RECOVERY_RECIPIENT is not set: when the only member of a desk loses the password and the recovery code, nobody can open its reports",
  "manage.plain":
    "the service answers without TLS beyond this machine and takes no reports, shows no cases and makes no recovery key: put a server with TLS in front (the folder docs has examples for Caddy and nginx), and set HOST=127.0.0.1 and BASE_URL to its https address",
  "manage.noSecretsCopy":
    "A copy of the secrets file, sealed to the recovery recipient, could not be written beside it: keep the file itself as safe as the recovery key",
  "manage.noStore":
    "There is no store of this version at {place}. Nothing was made or changed. Check DATA_DIR and DATABASE_URL, or start the service once.",
  "manage.noSecrets":
    "There is no secrets file at {file}. Nothing was made or changed. Check SECRETS_FILE; it must be the service's own.",
} as const;
