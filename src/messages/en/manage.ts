export const manage = {
  "manage.usage":
    "usage: npm run manage -- <import-institutions FILE [--apply] [--right-lines-only] | new-recovery-key | verify-audit | purge>",
  "manage.recoveryIdentity": "Write this identity on paper and keep it away from every server: {identity}",
  "manage.auditFault": "audit {kind} at position {position}",
  "manage.auditHolds": "the audit chain holds",
  "manage.noRecovery":
    "RECOVERY_RECIPIENT is not set: when the only member of a desk loses the password and the recovery code, nobody can open its reports",
  "manage.noStore":
    "There is no store of this version at {place}. Nothing was made or changed. Check DATA_DIR and DATABASE_URL, or start the service once.",
  "manage.noSecrets":
    "There is no secrets file at {file}. Nothing was made or changed. Check SECRETS_FILE; it must be the service's own.",
} as const;
