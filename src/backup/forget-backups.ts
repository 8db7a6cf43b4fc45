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
 * The days of a folder's names that have not come yet, so that a clock was wrong when they were written; tomorrow is none
 * of them, since two servers' clocks differ a little.
 * @param today the day in the country, as "2026-11-22"
 */
export function daysToCome(names: readonly string[], today: string, part: Part): string[] {
  return daysOf(names, part).filter((day) => Date.parse(day) - Date.parse(today) > DAY_MS);
}

/**
 * Which of a folder's backups are over: contents beyond the newest `keep`, and of what opens reports all but the two
 * newest and everything that is seven days old. What is of a day to come takes nobody's place: such contents stay, and
 * what opens them counts as the oldest. What has another name is never touched.
 * @param today the day in the country, as "2026-11-22"
 */
export function outdatedBackups(names: readonly string[], today: string, keep: number): string[] {
  const isOld = (day: string) => Date.parse(today) - Date.parse(day) >= HOLDERS_DAYS * DAY_MS;
  const cameOf = (part: Part) => daysOf(names, part).filter((day) => !daysToCome(names, today, part).includes(day));
  const contents = cameOf("contents").slice(keep);
  const holders = [...cameOf("holders"), ...daysToCome(names, today, "holders")].filter(
    (day, at) => at >= HOLDERS_KEPT || isOld(day),
  );
  const over = { contents, holders };
  return PARTS.flatMap((part) => over[part].map((day) => partFile(backupName(day), part)));
}

/**
 * Deletes what is over, what a server that was stopped in the middle of a backup left behind a day ago, and what opens
 * reports and was written a week ago under a day to come.
 */
export async function forgetBackups(folder: string, today: string, keep: number, now: number): Promise<void> {
  const names = await readdir(folder);
  for (const name of outdatedBackups(names, today, keep)) await rm(join(folder, name), { force: true });
  const drafts = names.filter((name) => DRAFT.test(name)).map((name) => ({ name, kept: DAY_MS }));
  const toCome = daysToCome(names, today, "holders").map((day) => partFile(backupName(day), "holders"));
  for (const { name, kept } of [...drafts, ...toCome.map((name) => ({ name, kept: HOLDERS_DAYS * DAY_MS }))]) {
    const left = await stat(join(folder, name)).catch(() => undefined);
    if (left && now - left.mtimeMs >= kept) await rm(join(folder, name), { force: true });
  }
}
