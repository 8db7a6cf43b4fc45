export { chainAudit } from "./chain.ts";
export { forgetHead, headFile, keepHead, readHead } from "./chain-head.ts";
export { markingAudit } from "./mark-entry.ts";
export { type Actor, AUDIT_ACTIONS, type AuditAction, type AuditFact, recordAudit, recordAudits } from "./record.ts";
export { type AuditEntry, type AuditPlace, findLastTime, listAuditOf, selectAudit } from "./store.ts";
export { verifyAudit, waitsTooLong } from "./verify-audit.ts";
