import type { Country } from "#country/index.ts";
import { isMessageKey } from "#messages/messages.ts";
import type { Ui } from "#platform/views/ui.ts";
import type { Deadline } from "./deadline-store.ts";

type DeadlineState = "running" | "met" | "missed" | "late";

/** What became of a clock. Also one that has passed and that no job has marked yet is missed: the clock decides, not the job. */
function stateOf(
  { metAt, breachedAt, dueAt }: Pick<Deadline, "metAt" | "breachedAt" | "dueAt">,
  now: number,
): DeadlineState {
  if (metAt !== null) return breachedAt === null ? "met" : "late";
  return breachedAt !== null || dueAt < now ? "missed" : "running";
}

/** One clock in words: what is owed, until when, what became of it, and on what basis. */
export interface ShownDeadline {
  readonly duty: string;
  readonly state: DeadlineState;
  readonly said: string;
  readonly basis: string;
  readonly verified: boolean;
  /** Where whoever owes it may have more time. */
  readonly extend?: string | undefined;
}

export function shownDeadline(
  country: Pick<Country, "deadlineRules">,
  { t, moment }: Ui,
  row: Deadline,
  now: number,
): ShownDeadline {
  const state = stateOf(row, now);
  const rule = country.deadlineRules.find(({ id, version }) => id === row.ruleId && version === row.ruleVersion);
  return {
    duty: sayDuty(t, row.duty),
    state,
    said: saySince({ t, moment }, row, state),
    basis: rule ? t.local(rule.basis) : "",
    verified: rule?.verified ?? false,
  };
}

function saySince({ t, moment }: Pick<Ui, "t" | "moment">, row: Deadline, state: DeadlineState): string {
  const { dueAt, firstDueAt, metAt } = row;
  const until = moment(dueAt);
  const met = moment(metAt ?? dueAt);
  const said =
    state === "running" || state === "missed"
      ? t(`deadlines.${state}`, { until })
      : t(`deadlines.${state}`, { until, met });
  return dueAt === firstDueAt ? said : `${said} (${t("deadlines.extended", { until: moment(firstDueAt) })})`;
}

function sayDuty(t: Ui["t"], duty: string): string {
  const key = `deadlines.duty.${duty}`;
  return isMessageKey(key) ? t.phrase({ key }) : duty;
}
