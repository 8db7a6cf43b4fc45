import { type Country, emergencyContacts } from "#country/index.ts";
import type { Translate } from "#messages/messages.ts";
import { nextStatuses } from "./case.ts";
import { sayCode } from "./code-labels.ts";
import type { CaseRow } from "./store.ts";
import type { changedPage } from "./views.ts";

type ChangedPageProps = NonNullable<typeof changedPage.props>;

interface Changed extends Pick<ChangedPageProps, "carried"> {
  readonly file: CaseRow;
  readonly name: "urgency" | "status";
  readonly chosen: string;
}

/**
 * What the second of two people sees: what holds now, what they chose, and a way to set theirs knowing both.
 * While "I am not safe now" stands there is no such way, since it would clear a cry that this person meets only here.
 */
export function changedPageProps(
  country: Country,
  t: Translate,
  { file, name, chosen, carried }: Changed,
): ChangedPageProps {
  const list = name === "urgency" ? "triage_priority" : "report_status";
  const say = (value: string) => (name === "urgency" ? `${value} · ` : "") + sayCode(country, t, list, value);
  const allowed = file.notSafeAt === null && (name === "urgency" || nextStatuses(file.status).includes(chosen));
  return {
    number: file.number,
    path: `/staff/cases/${file.number}`,
    label: t(name === "urgency" ? "casework.case.urgency" : "casework.case.status"),
    notSafeAt: file.notSafeAt ?? undefined,
    emergencyNumber: emergencyContacts(country)[0]?.display ?? "",
    theirs: say(file[name]),
    mine: say(chosen),
    carried,
    again: allowed && file[name] !== chosen ? { name, value: chosen, version: file.version } : undefined,
  };
}
