import { type Clocks, type DeadlineStart, dueAt, rulesStarting } from "#country/index.ts";
import { findInstitution, listDesks, TRIAGE } from "#institutions/index.ts";
import { digest } from "#platform/crypto/derive.ts";
import type { Reader } from "#platform/db/database.ts";
import type { Deadline } from "./deadline-store.ts";

/** A desk that may owe something, with the type by which rules name it. */
export interface Owner {
  readonly deskId: string;
  readonly institutionId: string;
  readonly type: string;
}

/** What happened to a case that may start clocks. */
export interface Cause {
  readonly caseId: string;
  readonly starts: DeadlineStart;
  /** What it was, such as an event's id: the same again starts no second clock. */
  readonly id: string;
  readonly at: number;
  readonly urgency: string;
  readonly level?: string | undefined;
}

/** The clocks that something starts for a desk, by the country's rules of that day. */
export function clocksFor(country: Clocks, cause: Cause, { deskId, institutionId, type }: Owner): Deadline[] {
  const { caseId, starts, urgency, level, at } = cause;
  return rulesStarting(country, { starts, type, urgency, level }, at).map((rule) => {
    const due = dueAt(country, rule.length, at);
    return {
      id: digest([caseId, deskId, rule.id, rule.version, cause.id].join("\n")).slice(0, 32),
      ...{ caseId, deskId, institutionId },
      ...{ ruleId: rule.id, ruleVersion: rule.version, duty: rule.duty },
      ...{ startedAt: at, firstDueAt: due, dueAt: due },
      ...{ metAt: null, breachedAt: null, endedAt: null, escalatedTo: null },
    };
  });
}

/** A desk as rules name it: the one that receives every report is the triage, wherever it stands. */
export async function findOwner(reader: Reader, deskId: string): Promise<Owner | undefined> {
  const [desk] = await listDesks(reader, [deskId]);
  const home = desk && (await findInstitution(reader, desk.institutionId));
  return home && { deskId, institutionId: home.id, type: desk.kind === TRIAGE ? TRIAGE : home.type };
}
