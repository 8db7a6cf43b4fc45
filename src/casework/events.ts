import type { Country } from "#country/index.ts";
import { isMessageKey, type PlainMessageKey, type Translate } from "#messages/messages.ts";
import { sayCode } from "./code-labels.ts";
import type { EventRow } from "./store.ts";

const SAID: Readonly<Record<string, PlainMessageKey>> = {
  received: "casework.event.received",
  read: "casework.event.read",
  question: "casework.event.question",
  answer: "casework.event.answer",
  added: "casework.event.added",
  "not-safe": "casework.event.notSafe",
  escalated: "casework.event.escalated",
};

/**
 * The timeline's row for a status that words moved, beside the row of the words themselves.
 * @param cause the id of that row; what follows from it is stored after it
 */
export function statusEvent(
  cause: string,
  { caseId, at, byReporter, status }: Pick<EventRow, "caseId" | "at" | "byReporter"> & { readonly status: string },
): EventRow {
  return { id: `${cause}.status`, caseId, at, kind: "status", byReporter, detail: { status } };
}

/** Says what happened to a case, for the desk's timeline; the reporter reads other words (reporting/say-event.ts). */
export function sayEvent(country: Country, t: Translate, { kind, detail }: Pick<EventRow, "kind" | "detail">): string {
  if (kind === "status")
    return t("casework.event.status", { status: sayCode(country, t, "report_status", detail.status ?? "") });
  // What happened to a deadline is said of what was owed.
  const ofDuty = `casework.event.${kind}.${detail.duty}`;
  if (isMessageKey(ofDuty)) return t.phrase({ key: ofDuty });
  const key = Object.hasOwn(SAID, kind) ? SAID[kind] : undefined;
  return key ? t(key) : kind;
}
