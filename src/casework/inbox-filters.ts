import { type CodeListName, type Country, municipalities, readLateBefore } from "#country/index.ts";
import type { Translate } from "#messages/messages.ts";
import { sayOther } from "./code-labels.ts";
import { type InboxCounts, MOST_COUNTED } from "./counts-store.ts";
import type { ListQuery } from "./forms.ts";
import { listAddress } from "./list-address.ts";
import { hasShelf, LIKELY_SPAM } from "./shelf.ts";
import type { InboxList } from "./views.ts";

/** The statuses a triage desk meets today; the others of the list come with the institutions. */
const STATUSES = ["received", "triage", "info_needed", "reopened", "closed", "not_competent"];

/** The lists of a desk, each with how many stand in it among what the form and the municipality leave. */
export function inboxChips(
  country: Country,
  t: Translate,
  { query, counts }: { readonly query: ListQuery; readonly counts: InboxCounts },
): InboxList["chips"] {
  const { form, territory, desk, status, only, shelf } = query;
  const shown = shelf ?? only ?? status ?? "";
  const chip = (key: keyof typeof LABELS, which: Pick<ListQuery, "status" | "only" | "shelf">) => ({
    path: listAddress({ ...which, form, territory, desk }),
    label: t(LABELS[key], { count: sayCount(counts[key]) }),
    current: shown === (which.shelf ?? which.only ?? which.status ?? ""),
  });
  return [
    chip("all", {}),
    chip("new", { only: "new" }),
    chip("waiting", { status: "info_needed" }),
    ...(readLateBefore(country, 0) === undefined ? [] : [chip("late", { only: "late" })]),
    ...(hasShelf(country) ? [chip("spam", { shelf: LIKELY_SPAM })] : []),
  ];
}

const LABELS = {
  all: "casework.chip.all",
  new: "casework.chip.new",
  waiting: "casework.chip.waiting",
  late: "casework.chip.late",
  spam: "casework.shelf.tab",
} as const;

const sayCount = (count: number) => (count > MOST_COUNTED ? `${MOST_COUNTED}+` : String(count));

/** How many reports the filters find; the counting stops somewhere. */
export function sayFound(t: Translate, found: number): string {
  return found > MOST_COUNTED
    ? t("casework.inbox.foundMore", { count: MOST_COUNTED })
    : t.count("casework.inbox.found", found);
}

/** The lists to choose from above the inbox. */
export function filterFields(country: Country, t: Translate, chosen: ListQuery) {
  const fromList = (list: CodeListName, codes?: readonly string[]) =>
    country.codeLists[list]
      .filter(({ code }) => codes?.includes(code) ?? true)
      .map(({ code, label }) => ({ value: code, label: t.local(label) }));
  const places = municipalities(country).map(({ code, name }) => ({ value: code, label: t.local(name) }));
  // What a reporter does not know or say is an answer too, and a desk looks for it.
  const withOthers = (options: { value: string; label: string }[], others: readonly string[]) => [
    ...options,
    ...others.map((value) => ({ value, label: sayOther(t, value) })),
  ];
  const field = (name: "status" | "form" | "territory", label: string, options: { value: string; label: string }[]) => {
    return { name, label, options, value: chosen[name] ?? "" };
  };
  return [
    field("status", t("casework.filter.status"), fromList("report_status", STATUSES)),
    field("form", t("casework.filter.form"), withOthers(fromList("violence_form"), ["undisclosed"])),
    field("territory", t("casework.filter.territory"), withOthers(places, ["unsure", "undisclosed"])),
  ];
}
