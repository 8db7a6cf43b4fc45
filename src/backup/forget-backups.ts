import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { partFile } from "./make-backup.ts";
import { PARTS, type Part } from "./schema.ts";

const DAY_MS = 86_400_000;
/** With an older one a case that was destroyed since could be opened again. */
const HOLDERS_DAYS = 7;
const HOLDERS_KEPT = 2;

const NAME = /^(\d{4}-\d\d-\d\d)\.age(\.holders)?$/;
const DRAFT = /^\.\d{4}-\d\d-\d\d\.age[\w.-]*\.part$/;

/** The name of a night's backup: the day and nothing else. */
export const backupName = (day: string): string => `${day}.age`;

/** The days of which a folder's names hold a part, the newest first. */
export function daysOf(names: readonly string[], part: Part): string[] {
  const days = names.flatMap((name) => NAME.exec(name)?.[1] ?? []).filter((day, at, all) => all.indexOf(day) === at);
  return days
    .filter((day) => names.includes(partFile(backupName(day), part)))
    .sort((one, other) => (one < other ? 1 : -1));
}

/**
 * Which of a folder's backups are over: contents beyond the newest `keep`, and of what opens reports all but the two
 * newest and everything that is seven days old. What has another name is never touched.
 * @param today the day in the country, as "2026-11-22"
 */
export function outdatedBackups(names: readonly string[], today: string, keep: number): string[] {
  const isOld = (day: string) => Date.parse(today) - Date.parse(day) >= HOLDERS_DAYS * DAY_MS;
  const contents = daysOf(names, "contents").slice(keep);
  const holders = daysOf(names, "holders").filter((day, at) => at >= HOLDERS_KEPT || isOld(day));
  const over = { contents, holders };
  return PARTS.flatMap((part) => over[part].map((day) => partFile(backupName(day), part)));
}

/** Deletes what is over, and what a server that was stopped in the middle of a backup left behind a day ago. */
export async function forgetBackups(folder: string, today: string, keep: number, now: number): Promise<void> {
  const names = await readdir(folder);
  for (const name of outdatedBackups(names, today, keep)) await rm(join(folder, name), { force: true });
  for (const name of names.filter((each) => DRAFT.test(each))) {
    const left = await stat(join(folder, name)).catch(() => undefined);
    if (left && now - left.mtimeMs > DAY_MS) await rm(join(folder, name), { force: true });
  }
}
