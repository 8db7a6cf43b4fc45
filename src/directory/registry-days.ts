import type { Translate } from "#messages/messages.ts";
import type { Ui } from "#platform/views/ui.ts";

/** The first moment of a day in a time zone. */
export function startOfDay(timeZone: string, isoDay: string): number {
  const utc = Date.parse(`${isoDay}T00:00:00Z`);
  const zone = new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" })
    .formatToParts(utc)
    .find(({ type }) => type === "timeZoneName")?.value;
  const [, sign = "+", hours = "0", minutes = "0"] = /([+-])(\d\d):(\d\d)/.exec(zone ?? "") ?? [];
  return utc - Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes)) * MINUTE_MS;
}

const MINUTE_MS = 60_000;

/** The first moment of a day as files of institutions mean it, so that a file and a form say the same. */
export function startOfFileDay(isoDay: string): number {
  return Date.parse(`${isoDay}T00:00:00Z`);
}

/** The day of such a moment, "2026-09-01". */
export function fileDay(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

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
