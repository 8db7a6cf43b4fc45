import { type Language, localeOf, type Translate, translator } from "#messages/messages.ts";
import { assetPath } from "./assets.ts";

/** What every template may use besides its own data. */
export interface Ui {
  readonly t: Translate;
  readonly lang: Language;
  readonly dir: "ltr" | "rtl";
  /** A path of the public site in this language: `href("/help")`. */
  href(path: string): string;
  /** The address of a file in static/, with its version. */
  asset(name: string): string;
  /** "Sunday, 22 November" in words. */
  day(at: number): string;
  /** "22 November 2026", for days of another year. */
  date(at: number): string;
  /** Day and time, for people who work with minutes. */
  moment(at: number): string;
  /** The time of a day, "12:24". */
  time(at: number): string;
  /** Whether a moment lies on the calendar's next day, also where the clocks change between them. */
  isTomorrow(at: number, now: number): boolean;
  /** For the `datetime` attribute, to the day only. */
  isoDay(at: number): string;
}

/** What a country's data say about time and about the direction of its languages. */
export interface Local {
  readonly timeZone: string;
  readonly languages: readonly { readonly tag: Language; readonly dir: Ui["dir"] }[];
}

const DAY_MS = 86_400_000;

const made = new Map<string, Ui>();

/** The words and forms of one language in a country's time zone; made once and kept. */
export function uiFor(lang: Language, { timeZone, languages }: Local): Ui {
  const dir = languages.find(({ tag }) => tag === lang)?.dir ?? "ltr";
  const key = `${lang} ${dir} ${timeZone}`;
  const known = made.get(key);
  if (known) return known;
  const ui = newUi(lang, dir, timeZone);
  made.set(key, ui);
  return ui;
}

function newUi(lang: Language, dir: Ui["dir"], timeZone: string): Ui {
  const locale = localeOf(lang);
  const day = new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long", timeZone });
  const date = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", year: "numeric", timeZone });
  const moment = new Intl.DateTimeFormat(locale, {
    day: "numeric",
    month: "long",
    hour: "2-digit",
    minute: "2-digit",
    timeZone,
  });
  const time = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", timeZone });
  const t = translator(lang);
  // A day inside a sentence is said with its month in the right case, which no locale data give.
  const say = (format: Intl.DateTimeFormat, at: number) =>
    format
      .formatToParts(at)
      .map(({ type, value }) => (type === "month" ? t(`site.month.${monthOf(iso.format(at))}`) : value))
      .join("");
  const iso = new Intl.DateTimeFormat("en-CA", { timeZone });
  return {
    t,
    lang,
    dir,
    href: (path) => `/${lang}${path}`,
    asset: assetPath,
    day: (at) => say(day, at),
    date: (at) => say(date, at),
    moment: (at) => say(moment, at),
    time: (at) => time.format(at),
    isTomorrow: (at, now) =>
      iso.format(at) === new Date(Date.parse(iso.format(now)) + DAY_MS).toISOString().slice(0, 10),
    isoDay: (at) => iso.format(at),
  };
}

type Month = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12;

/** The month of a day as "2026-11-22". */
function monthOf(isoDay: string): Month {
  return Number(isoDay.slice(5, 7)) as Month;
}
