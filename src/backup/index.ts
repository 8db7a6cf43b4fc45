export { backUpNightly } from "./back-up-nightly.ts";
export { BackupFault, CannotWrite } from "./backup-fault.ts";
export { checkLevel, checkPart } from "./check-part.ts";
export { makeBackup, partFile } from "./make-backup.ts";
export { markingKey } from "./part-format.ts";
export type { ReadPart } from "./read-part.ts";
export { type Hindrance, restorePart, whyNot } from "./restore-part.ts";
