import type { readAsReporter } from "#casework/index.ts";
import { type Country, emergencyContacts, isReadLate, readingRule } from "#country/index.ts";
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
): Omit<Props, keyof Speaking> {
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
      ...events.map((event) => ({ at: event.at, what: sayEvent(t, address, event), when: day(event.at) })),
      ...(nextDay === undefined ? [] : [nextStep({ t, day }, nextDay, late)]),
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
