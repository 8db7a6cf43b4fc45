export { chainAudit, verifyAudit } from "./chain.ts";
export { type Actor, type AuditAction, type AuditFact, recordAudit, recordAudits } from "./record.ts";
export { listAuditOf } from "./store.ts";
