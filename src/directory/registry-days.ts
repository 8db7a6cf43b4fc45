import type { Translate } from "#messages/messages.ts";
import type { Ui } from "#platform/views/ui.ts";

/** "1 September 2026" in words, from "2026-09-01". */
export function sayDay(t: Translate, isoDay: string): string {
  const [year = "", month = "", day = ""] = isoDay.split("-");
  // The months are twelve keys, and a day of the calendar has one of them.
  return t("registry.day", { day: String(Number(day)), month: t(`site.month.${Number(month) as Month}`), year });
}

type Month = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12;

/** The same from a moment, in the country's time. */
export function sayDate({ t, isoDay }: Pick<Ui, "t" | "isoDay">, at: number): string {
  return sayDay(t, isoDay(at));
}
