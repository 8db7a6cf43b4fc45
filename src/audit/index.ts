export { chainAudit, verifyAudit } from "./chain.ts";
export { type Actor, type AuditAction, recordAudit } from "./record.ts";
export { listAuditOf } from "./store.ts";
