import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { type Country, dayStartIn, isNightIn, isoDayIn } from "#country/index.ts";
import { asCannotWrite } from "./backup-fault.ts";
import { backupName, daysOf, daysToCome, forgetBackups } from "./forget-backups.ts";
import { type BackupNeeds, makeBackup, partFile } from "./make-backup.ts";
import { PARTS } from "./schema.ts";

export interface NightlyOrder {
  /** It must be there: a disk that is not mounted must not look like one. */
  readonly folder: string;
  /** How many contents stay. */
  readonly keep: number;
  /** Undefined where nobody could open a backup: then none is made, and what is over is deleted all the same. */
  readonly recipient: string | undefined;
  readonly filesFolder: string;
}

export interface NightlyOutcome {
  readonly made: boolean;
  /** The folder holds a backup of a day to come, which a wrong clock has written. */
  readonly hasDayToCome: boolean;
}

const HOUR_MS = 3_600_000;
/** Counted from the beginning of a backup's day: then the night after it was missed. */
const LATE_MS = 31 * HOUR_MS;

/**
 * Makes a backup once a night in the country's time, at once where there is none, or by day where a night was missed, and
 * deletes what is over each time it looks. Of two servers that do it at once, the one that ends first has it.
 * @throws CannotWrite where the folder is missing or full
 */
export async function backUpNightly(needs: NightlyNeeds, order: NightlyOrder): Promise<NightlyOutcome> {
  try {
    return await backUpWhereDue(needs, order);
  } catch (error) {
    throw asCannotWrite(error);
  }
}

type NightlyNeeds = BackupNeeds & { readonly country: Country };

async function backUpWhereDue(
  { country, ...needs }: NightlyNeeds,
  { folder, keep, recipient, filesFolder }: NightlyOrder,
): Promise<NightlyOutcome> {
  const now = needs.now();
  const today = isoDayIn(country, now);
  const names = await readdir(folder);
  const hasDayToCome = PARTS.some((part) => daysToCome(names, today, part).length > 0);
  // Whatever a wrong clock has dated later must not keep tonight's from being made.
  const newest = daysOf(names, "contents").find((day) => day <= today);
  const isDue =
    newest === undefined ||
    (newest < today && (isNightIn(country, now) || now - dayStartIn(country, newest) > LATE_MS));
  const file = join(folder, backupName(today));
  try {
    if (!isDue || recipient === undefined) return { made: false, hasDayToCome };
    // Alone it is what a power cut left between two names.
    await rm(partFile(file, "holders"), { force: true });
    const { outcome } = await makeBackup(needs, { file, recipient, filesFolder });
    return { made: outcome === "made", hasDayToCome };
  } finally {
    // A backup that fails, or is not made, must not keep an old one that opens reports.
    await forgetBackups(folder, today, keep, now);
  }
}
