import { type Country, emergencyContacts, isReadLate } from "#country/index.ts";
import type { Resolution } from "#institutions/index.ts";
import type { Translate } from "#messages/messages.ts";
import { randomToken } from "#platform/crypto/derive.ts";
import type { FormState } from "#platform/http/app.ts";
import type { Ui } from "#platform/views/ui.ts";
import { sayAsker, sayUntil } from "./access-words.ts";
import { shownAnswers } from "./answering.ts";
import { nextStatuses, URGENCIES, type WithholdProposal } from "./case.ts";
import { sayCode, sayWait } from "./code-labels.ts";
import { shownDeadline } from "./deadline-words.ts";
import { sayEvent } from "./events.ts";
import { extensionsOf } from "./extend-deadline.ts";
import type { ListQuery } from "./forms.ts";
import { seenMark } from "./half-written.ts";
import { sayKeptAway, sayNamed } from "./kept-away.ts";
import { caseAddress, listAddress } from "./list-address.ts";
import type { OpenedEntry } from "./open-compartments.ts";
import { codedIn, explainUrgency } from "./propose-urgency.ts";
import type { ReadCase } from "./read-case.ts";
import { reportAnswers, reportOf, sayAnswer } from "./report-answers.ts";
import { shownShelf } from "./shelf-page.ts";
import { readReason } from "./urgency-reason.ts";
import type { casePage, ShownEntry } from "./views.ts";

type CasePageProps = NonNullable<typeof casePage.props>;

interface Shown {
  readonly read: ReadCase;
  readonly form: FormState;
  readonly now: number;
  /** Somebody leafs through the earlier assessments. */
  readonly browsing: boolean;
  readonly closes: boolean;
  /** The list the case was opened from, and the number of the case behind it there. */
  readonly list: ListQuery;
  readonly next: string | undefined;
  /** Who answers for it, by its codes; undefined where that could not be found out. */
  readonly resolution: Resolution | undefined;
}

/** Puts an opened case into the words of one language. */
export function casePageProps(
  country: Country,
  ui: Ui,
  { read, form, now, browsing, closes, list, next, resolution }: Shown,
): CasePageProps {
  const { t } = ui;
  const { file, single } = read;
  const textOf = (kind: OpenedEntry["kind"]) => single.find((entry) => entry.kind === kind)?.text;
  const addressOf = (more: Readonly<Record<string, string>>) => caseAddress(file.number, { ...list, ...more });
  const { older } = read.versions;
  const withhold = textOf("withhold");
  return {
    number: file.number,
    path: caseAddress(file.number, list),
    forms: formAddresses(file.number, list),
    back: listAddress(list),
    next: next && caseAddress(next, list),
    version: file.version,
    urgency: file.urgency,
    status: sayCode(country, t, "report_status", file.status),
    arrived: file.receivedAt,
    waits: sayWait(t, now - file.receivedAt),
    late: isReadLate(country, file, now),
    firstReadAt: file.firstReadAt ?? undefined,
    notSafeAt: file.notSafeAt ?? undefined,
    shelf: shownShelf(country, read, now),
    emergencyNumber: emergencyContacts(country)[0]?.display ?? "",
    answers: reportAnswers(country, t, {
      report: reportOf(single),
      institutionName: read.institution && sayNamed(country, t, read.institution),
    }),
    confidentialName: textOf("reporter-name"),
    withhold: withhold === undefined ? undefined : sayWithhold(country, t, JSON.parse(withhold) as WithholdProposal),
    entries: read.entries.map((entry) => shownEntry(t, read, entry)),
    earlier: read.earlier === undefined ? undefined : `${addressOf({ below: String(read.earlier) })}#entries`,
    deadlines: shownDeadlines(country, ui, read, now),
    timeline: read.events.map((event) => ({ at: event.at, what: sayEvent(country, t, event) })),
    proposal: shownProposal(t, read),
    urgencies: URGENCIES.map((value) => ({ value, label: sayCode(country, t, "triage_priority", value) })),
    statuses: nextStatuses(file.status).map((value) => ({ value, label: sayCode(country, t, "report_status", value) })),
    kept: read.kept.map((each) => sayKeptAway(country, t, each)),
    exclusions: caseAddress(file.number, {}, "/exclusions"),
    ...shownAccess(ui, read),
    answering: resolution && shownAnswers(country, ui, read, resolution),
    assessment: read.assessment?.text,
    // What was typed on top of an older version stays so: only then can the conflict be seen.
    based: form.field("based").values[0] ?? read.assessment?.id ?? "",
    versions: {
      shown: read.versions.shown.map((entry) => shownEntry(t, read, entry)),
      older: older === undefined ? undefined : `${addressOf({ versions: String(older) })}#assessment-part`,
      open: browsing,
    },
    seen: form.field("seen").value || seenMark(read.assessment?.text ?? ""),
    once: form.field("once").value || randomToken(),
    noteOnce: form.field("noteOnce").value || randomToken(),
    closes,
    form,
  };
}

/** What the rules propose and which of them hold, so that nobody has to trust a number. */
function shownProposal(t: Translate, { file, forms }: ReadCase): CasePageProps["proposal"] {
  const { urgency, reasons } = explainUrgency({ ...codedIn(file), forms });
  return { urgency, reasons: reasons.map((reason) => t(`casework.urgency.rule.${reason}`)) };
}

/** The clocks of a case; those of its desk with the way to more time, as long as there may be any. */
function shownDeadlines(
  country: Country,
  ui: Ui,
  { file, deadlines }: ReadCase,
  now: number,
): CasePageProps["deadlines"] {
  return deadlines.map((row) => {
    const may = row.deskId === file.deskId && extensionsOf(country, row, now).size > 0;
    const extend = may ? caseAddress(file.number, {}, `/deadlines/${row.id}`) : undefined;
    return { ...shownDeadline(country, ui, row, now), extend };
  });
}

function formAddresses(number: string, list: ListQuery): CasePageProps["forms"] {
  const to = (form: string) => caseAddress(number, list, `/${form}`);
  return {
    urgency: to("urgency"),
    status: to("status"),
    shelf: to("shelf"),
    notes: to("notes"),
    messages: to("messages"),
    assessment: to("assessment"),
  };
}

/** Supervisors who wait to be let in, and those who are. */
function shownAccess(ui: Ui, { file, requests }: ReadCase): Pick<CasePageProps, "asking" | "readers" | "access"> {
  const waiting = requests.filter(({ access }) => access.granted === null);
  const reading = requests.filter(({ access }) => access.granted);
  return {
    asking: waiting.map((each) => ({ who: sayAsker(ui, each), since: each.access.askedAt, reason: each.reason })),
    readers: reading.map((each) => `${sayAsker(ui, each)}: ${sayUntil(ui, each.access)}`),
    access: caseAddress(file.number, {}, "/access"),
  };
}

function sayWithhold(country: Country, t: Translate, { from, words }: WithholdProposal): WithholdProposal {
  return { from: from.map((value) => sayAnswer(country, t, { name: "withhold", value })), words };
}

function shownEntry(t: Translate, { names }: ReadCase, { kind, authorId, at, text }: OpenedEntry): ShownEntry {
  const name = names.get(authorId ?? "") ?? "";
  if (kind === "message-from-reporter") return { side: "from-reporter", who: t("casework.entry.reporter"), at, text };
  if (kind === "urgency-reason") {
    const { urgency, reason } = readReason(text);
    return { side: "note", who: t("casework.entry.urgency", { urgency, name }), at, text: reason };
  }
  if (kind === "extension-reason") return { side: "note", who: t("casework.entry.extension", { name }), at, text };
  if (kind === "note") return { side: "note", who: t("casework.entry.note", { name }), at, text };
  return { side: "from-us", who: name, at, text };
}
