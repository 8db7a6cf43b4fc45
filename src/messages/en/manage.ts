export const manage = {
  "manage.usage": "usage: npm run manage -- <new-recovery-key | verify-audit | purge>",
  "manage.recoveryIdentity": "Write this identity on paper and keep it away from every server: {identity}",
  "manage.auditFault": "audit {kind} at position {position}",
  "manage.auditHolds": "the audit chain holds",
} as const;
