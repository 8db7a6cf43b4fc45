import { type CodeListName, type Country, isReadLate, readingRule } from "#country/index.ts";
import type { Ui } from "#platform/views/ui.ts";
import { sayPlace, sayShort, sayWait } from "./code-labels.ts";
import { caseAddress } from "./list-address.ts";
import { ALWAYS_URGENT } from "./propose-urgency.ts";
import { sayShelf } from "./shelf-page.ts";
import type { CaseRow } from "./store.ts";
import type { InboxRow } from "./views.ts";

interface Shown {
  readonly row: CaseRow;
  readonly forms: readonly string[];
  readonly now: number;
  /** The list that a case is opened from. */
  readonly query: Readonly<Record<string, string | undefined>>;
  /** A supervisor waits to be let in. */
  readonly asked: boolean;
}

/** One case in the words of the list, each as short as a row of one line needs. */
export function inboxRow(country: Country, ui: Ui, { row, forms, now, query, asked }: Shown): InboxRow {
  const { t } = ui;
  const say = (list: CodeListName, code: string | null) => (code ? sayShort(country, t, list, code) : "");
  const said = urgentFirst(forms).map((form) => say("violence_form", form));
  const few = said.slice(0, FORMS_SHOWN).join(", ").length <= FORMS_LENGTH ? FORMS_SHOWN : 1;
  const waitsForEyes = row.open && row.firstReadAt === null;
  return {
    number: row.number,
    path: caseAddress(row.number, query),
    urgency: row.urgency,
    notSafe: row.notSafeAt !== null,
    unread: row.unreadSince !== null,
    asked,
    fresh: row.firstReadAt === null,
    forms: said.slice(0, few).join(", "),
    moreForms: said.slice(few),
    environment: say("environment", row.environment),
    territory: sayPlace(country, t, row.territory),
    waits: sayWait(t, now - row.receivedAt),
    late: waitsForEyes && isReadLate(country, row, now),
    // What nobody has opened has one status only, and what somebody has opened has no time any more.
    due: (waitsForEyes && sayDue(country, ui, row.receivedAt, now)) || say("report_status", row.status),
    shelf: sayShelf(country, ui, row, now),
  };
}

const FORMS_SHOWN = 2;
/** Two long ones would push the row into a second line. */
const FORMS_LENGTH = 24;

/** What is always urgent is never what a row leaves out. */
function urgentFirst(forms: readonly string[]): string[] {
  const urgent: readonly string[] = ALWAYS_URGENT;
  return [...forms].sort((one, other) => Number(urgent.includes(other)) - Number(urgent.includes(one)));
}

/** By when a report has to be opened: today and tomorrow are said so. */
function sayDue(
  country: Country,
  { t, isoDay, isTomorrow, time, moment }: Ui,
  receivedAt: number,
  now: number,
): string {
  const by = readingRule(country, receivedAt)?.by;
  if (by === undefined) return "";
  if (isoDay(by) === isoDay(now)) return t("casework.due.today", { time: time(by) });
  return isTomorrow(by, now) ? t("casework.due.tomorrow", { time: time(by) }) : moment(by);
}
