import type { Country } from "#country/index.ts";
import type { Ui } from "#platform/views/ui.ts";
import { LIKELY_SPAM, SPAM, SPAM_SIGNS, shelfDeadline } from "./shelf.ts";
import type { CaseRow, EventRow } from "./store.ts";
import type { ShownShelf } from "./views.ts";

type Shelved = Pick<CaseRow, "shelf" | "receivedAt">;

/** What a row of the inbox says about the shelf; undefined for a case that was never there. */
export function sayShelf(
  country: Country,
  { t, moment }: Pick<Ui, "t" | "moment">,
  { shelf, receivedAt }: Shelved,
  now: number,
): string | undefined {
  if (shelf === SPAM) return t("casework.shelf.spamTag");
  if (shelf !== LIKELY_SPAM) return undefined;
  const deadline = shelfDeadline(country, receivedAt);
  return deadline && deadline.by > now
    ? t("casework.shelf.by", { moment: moment(deadline.by) })
    : t("casework.shelf.back");
}

/** What the page of a case on the shelf says: until when, on what basis, and which signs put it there. */
export function shownShelf(
  country: Country,
  { file, events }: { readonly file: Shelved; readonly events: readonly EventRow[] },
  now: number,
): ShownShelf | undefined {
  if (file.shelf !== LIKELY_SPAM) return undefined;
  const deadline = shelfDeadline(country, file.receivedAt);
  const named = events.find(({ kind }) => kind === "received")?.detail.signs?.split(" ") ?? [];
  const signs = SPAM_SIGNS.filter((sign) => named.includes(sign));
  return { deadline, overdue: !deadline || deadline.by <= now, signs };
}
