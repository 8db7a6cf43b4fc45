import type { readAsReporter } from "#casework/index.ts";
import { type Country, emergencyContacts, isReadLate, readingRule } from "#country/index.ts";
import { isMessageKey } from "#messages/messages.ts";
import { randomToken } from "#platform/crypto/derive.ts";
import type { FormState } from "#platform/http/app.ts";
import type { Speaking, TimelineStep } from "#platform/views/parts.ts";
import type { Ui } from "#platform/views/ui.ts";
import { sayEvent } from "./say-event.ts";
import type { trackedPage } from "./tracking-views.ts";
import { type Address, speechOf } from "./voice.ts";

type Found = NonNullable<Awaited<ReturnType<typeof readAsReporter>>>;
type Props = NonNullable<typeof trackedPage.props>;

interface Shown {
  readonly found: Found;
  readonly form: FormState;
  readonly said: string | undefined;
  readonly chosen: Address | undefined;
  readonly now: number;
}

/** The reporter's page in plain words: what happened on which day, what comes next, who wrote what. */
export function trackedCaseProps(
  country: Country,
  { t, day }: Words,
  { found, form, said, chosen, now }: Shown,
): Omit<Props, "shown" | keyof Speaking> {
  const { file, events, messages, earlier } = found;
  const { address } = speechOf(file.role, chosen);
  const nextDay = file.firstReadAt === null ? readingRule(country, file.receivedAt)?.by : undefined;
  const late = nextDay !== undefined && isReadLate(country, file, now);
  return {
    form,
    // Only while it stands: an old address must not say that help knows.
    said: said === "1" ? "added" : said === "2" && file.notSafeAt !== null ? "not-safe" : undefined,
    news: late ? "late" : newsOf(found),
    nextDay,
    steps: [
      ...events
        .filter((event) => !(late && isUnread(event)))
        .map((event) => ({
          ...{ at: event.at, what: sayEvent(t, address, event), when: day(event.at) },
          state: event.kind === "missed" ? ("late" as const) : undefined,
        })),
      ...(nextDay === undefined
        ? dueSteps({ t, day }, found, { address, now })
        : [nextStep({ t, day }, nextDay, late)]),
    ],
    messages: messages.map(({ at, text, kind }) => ({ at, text, ours: kind === "message-to-reporter" })),
    earlier,
    numbers: emergencyContacts(country)
      .map(({ display }) => display)
      .join(", "),
    // Words that come back as typed are still the same sending.
    once: form.field("once").value || randomToken(),
    address,
  };
}

type Words = Pick<Ui, "t" | "day">;

/** What is said below, for as long as nobody has read the report. */
const isUnread = ({ kind, detail }: Found["events"][number]) =>
  kind === "missed" && (detail.duty === "read" || detail.duty === "open");

/** What somebody owes next, and by when; nothing where no clock runs. */
function dueSteps(
  { t, day }: Words,
  { deadlines }: Found,
  { address, now }: { readonly address: Address; readonly now: number },
): TimelineStep[] {
  const [next] = deadlines.filter(
    ({ metAt, breachedAt, dueAt }) => metAt === null && breachedAt === null && dueAt >= now,
  );
  const key = `tracking.next.${next?.duty}.${address}`;
  if (!next || !isMessageKey(key)) return [];
  const when = t("journey.done.readBy", { moment: day(next.dueAt) });
  return [{ what: t.phrase({ key }), at: next.dueAt, when, state: "next" }];
}

/** What has to happen next, by when, and whether it should have happened already. */
function nextStep({ t, day }: Words, by: number, late: boolean): TimelineStep {
  const what = late ? t("tracking.case.read.late") : t("journey.done.read");
  return { what, at: by, when: t("journey.done.readBy", { moment: day(by) }), state: late ? "late" : "next" };
}

function newsOf({ file, messages }: Found): Props["news"] {
  if (file.firstReadAt === null) return "waiting";
  const last = messages.at(-1);
  if (last?.kind !== "message-to-reporter") return "none";
  return file.status === "info_needed" ? "asked" : "answered";
}
