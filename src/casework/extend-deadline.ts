import type { Account } from "#accounts/index.ts";
import { type Clocks, dueAt } from "#country/index.ts";
import { randomToken } from "#platform/crypto/derive.ts";
import type { Reader } from "#platform/db/database.ts";
import type { Platform } from "#platform/platform.ts";
import { sealFor } from "./add-entry.ts";
import { type Deadline, extendOwed, findDeadline } from "./deadline-store.ts";
import { type CaseRow, hasEntry, insertEntry, insertEvent } from "./store.ts";
import { findCaseOf, workOnCase } from "./work-on-case.ts";

interface Needs extends Pick<Platform, "db" | "secrets" | "now"> {
  readonly country: Clocks;
}

/** A clock that runs, with the moments until which it may run instead, by the number of days. */
export interface Extendable {
  readonly file: CaseRow;
  readonly row: Deadline;
  readonly choices: ReadonlyMap<number, number>;
}

/**
 * A clock of a case that its desk may still extend: it runs, it was not extended before, and its rule says by how much.
 * A missed one stays missed.
 */
export async function findExtendable(
  reader: Reader,
  { country, now }: Pick<Needs, "country" | "now">,
  personId: string,
  { number, id }: { readonly number: string; readonly id: string },
): Promise<Extendable | undefined> {
  const file = await findCaseOf(reader, personId, number);
  const row = file && (await findDeadline(reader, { id, caseId: file.id, deskId: file.deskId }));
  const choices = row && extensionsOf(country, row, now());
  return choices && choices.size > 0 ? { file, row, choices } : undefined;
}

/** Until when a clock may run instead, by the number of days; none where nobody may extend it any more. */
export function extensionsOf(country: Clocks, row: Deadline, now: number): ReadonlyMap<number, number> {
  const { metAt, breachedAt, endedAt, firstDueAt, dueAt: until } = row;
  const runs = metAt === null && breachedAt === null && endedAt === null && until >= now;
  if (!runs || until !== firstDueAt) return new Map();
  const rule = country.deadlineRules.find(({ id, version }) => id === row.ruleId && version === row.ruleVersion);
  return new Map((rule?.extensions ?? []).map((days) => [days, dueAt(country, { days }, until)]));
}

type ExtendOutcome = "done" | "over" | "unknown-days" | "missing";

interface Extension {
  readonly days: number;
  readonly reason: string;
  readonly once?: string | undefined;
}

/**
 * Gives a desk more time for a reason, which is sealed for the desks; the reporter sees until when. Figures go on
 * counting by the moment that the rule said.
 * @returns `over` where it may not be extended any more, `unknown-days` where its rule names no such number,
 * `missing` where this person has no such case
 */
export async function extendDeadline(
  needs: Needs,
  by: Account,
  which: { readonly number: string; readonly id: string },
  { days, reason, once }: Extension,
): Promise<ExtendOutcome> {
  const found = await needs.db.read((reader) => findCaseOf(reader, by.id, which.number));
  if (!found) return "missing";
  const author = { kind: "extension-reason", compartment: "file", authorId: by.id, once } as const;
  const words = await sealFor(needs, found, author, reason);
  const outcome = await workOnCase(needs, by, which.number, async ({ tx, at, record }): Promise<ExtendOutcome> => {
    if (await hasEntry(tx, words.id)) return "done";
    const extendable = await findExtendable(tx, needs, by.id, which);
    if (!extendable) return "over";
    const until = extendable.choices.get(days);
    if (until === undefined) return "unknown-days";
    if (!(await extendOwed(tx, which.id, { until, at }))) return "over";
    const { caseId, duty, firstDueAt } = extendable.row;
    await insertEntry(tx, words);
    const detail = { duty, from: String(firstDueAt), due: String(until) };
    await insertEvent(tx, { id: randomToken(), caseId, at, kind: "extended", byReporter: false, detail });
    await record("case.deadlineExtended", { deadline: which.id, days: String(days) });
    return "done";
  });
  return outcome ?? "missing";
}
