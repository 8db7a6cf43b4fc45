/**
 * Why a backup cannot be read: no such file, another identity, not a backup at all, damaged or cut off, rows that do not
 * fit the schema, made at another level of it, made with other secrets.
 */
export type FaultKind = "noFile" | "identity" | "foreign" | "damaged" | "unfit" | "level" | "secrets";

/** Thrown while a backup is read and caught where somebody is told of it. */
export class BackupFault extends Error {
  readonly kind: FaultKind;
  /** The level at which the backup was made, where that is the fault. */
  readonly level: string;
  constructor(kind: FaultKind, level = "") {
    super(`backup: ${kind}`);
    this.name = "BackupFault";
    this.kind = kind;
    this.level = level;
  }
}

/** Thrown where the disk or the folder does not take a backup; it holds the system's code and no path. */
export class CannotWrite extends Error {
  readonly reason: string;
  constructor(reason: string) {
    super(`backup: cannot be written (${reason})`);
    this.name = "CannotWrite";
    this.reason = reason;
  }
}

const OF_THE_DISK = /^E(NOENT|ACCES|PERM|ROFS|NOSPC|DQUOT|IO|NOTDIR|ISDIR|EXIST|NAMETOOLONG|FBIG)$/;

/** Takes what was thrown while a file was written, before anybody mistakes it for a fault of the store. */
export function asCannotWrite(error: unknown): unknown {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return code !== undefined && OF_THE_DISK.test(code) ? new CannotWrite(code) : error;
}
