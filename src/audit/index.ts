export { chainAudit, verifyAudit } from "./chain.ts";
export { type AuditAction, recordAudit } from "./record.ts";
export { listAuditOf } from "./store.ts";
