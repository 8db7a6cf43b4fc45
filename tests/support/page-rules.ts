import { toLatin } from "#messages/latin.ts";
import { filesOn } from "./weighed-visitor.ts";

/** A page as it came over the line. */
export interface Sight {
  readonly path: string;
  readonly html: string;
  /** Bytes of the status line and headers, and of the packed body. */
  readonly head: number;
  readonly body: number;
  /** What a browser loads with it: bytes packed, and the text of styles. */
  readonly files: readonly { readonly path: string; readonly weight: number; readonly styles: string }[];
  /** Cookies set for a browser that had none. */
  readonly cookies: readonly string[];
  /** A page of the report from its first step to its code. */
  readonly journey: boolean;
  /** A page that only staff see. */
  readonly staff: boolean;
  /** A page that somebody over a shoulder must not recognise. */
  readonly guarded: boolean;
}

/** Titles that a shared phone may show in its history, with every number as 0; an error stands before some. */
const CYRILLIC = [
  "Почетак",
  "Корак 0 од 0",
  "Готово",
  "Страница",
  "Улаз",
  "Листа",
  "Налог",
  "Рокови",
  "Сазнај",
  "Подешавање",
  "Увоз",
  "Само тренутак",
  "Ово НИЈЕ примљено",
  "Отварање",
  "Ова страница не постоји",
  "Време за рад је истекло",
  "Ко поступа",
  "Празнине",
  "Службе које се не јављају",
  "Установе",
  "Установа",
  "Одсуства",
  "Запослени",
  "Странице",
  "Евиденција",
  "Колеге",
  "Позив",
  "Потврда",
  "Увид",
  "Сервис",
  "Затворено на овој вези",
  "Ниједан Ваш кључ ово не отвара",
];
const NEUTRAL: readonly string[] = [
  ...[
    "Start",
    "Step 0 of 0",
    "Done",
    "Page",
    "Sign in",
    "List",
    "Account",
    "Record",
    "0-0",
    "Learn",
    "One moment",
    "Set-up",
    "Opening",
    "Import",
    "This page is not here",
    "Your session is over",
    "We did NOT take this",
    "Who answers",
    "Gaps",
    "Silent desks",
    "Institutions",
    "Institution",
    "Absences",
    "People",
    "Pages",
    "Colleagues",
    "Invitation",
    "Confirm",
    "Access",
    "Deadlines",
    "Service",
    "Closed over this line",
    "No key of yours opens this",
  ],
  ...[...CYRILLIC, ...CYRILLIC.map(toLatin)],
];
const TOPIC =
  /насиљ|злостав|занемар|пријав|жртв|шифр|тријаж|nasilj|zlostav|prijav|violen|abus|neglect|report|victim|harm|triage|code/i;

const OWN = "http://own.test";
const isOwn = (address: string, path: string) => {
  const { protocol, origin } = new URL(address, OWN + path);
  return !/^https?:$/.test(protocol) ? /^(tel|mailto|data):$/.test(protocol) : origin === OWN;
};

const titleOf = (html: string) => /<title>([^<]*)<\/title>/.exec(html)?.[1] ?? "";
const neutralised = (title: string) => title.replace(/^(Error|Грешка|Greška): /, "").replace(/\d+/g, "0");
const sum = (files: Sight["files"]) => files.reduce((total, { weight }) => total + weight, 0);
const over = (weight: number, most: number) => (weight > most ? [`${weight} bytes`] : []);

/** What must hold for every page; each gives what is wrong with one. */
export const PAGE_RULES: Readonly<Record<string, (sight: Sight) => readonly string[]>> = {
  "HTML of at most 14,000 bytes": ({ body }) => over(body, 14_000),
  "a first view of at most 40 KB": ({ body, files }) => over(body + sum(files), 40_000),
  "a repeat view of at most 12 KB": ({ head, body }) => over(head + body, 12_000),
  "at most 4 KB where it is a page of the journey": ({ journey, body }) => (journey ? over(body, 4_000) : []),
  "at most 8 KB where it is a page of the staff": ({ staff, body }) => (staff ? over(body, 8_000) : []),
  "headers of at most 700 bytes": ({ head }) => over(head, 700),
  "no image above 30 KB": ({ files }) => files.flatMap(({ weight }) => over(weight, 30_000)),
  "no cookie before it is needed": ({ cookies }) => cookies,
  "no script but the one for leaving, of at most 1 KB, where it is a page of the journey": ({ journey, html, files }) =>
    (html.match(/<script\b[^>]*>/g) ?? []).flatMap((tag) => {
      if (!journey) return [];
      const file = files.find(({ path }) => tag.includes(` src="${path}"`));
      return file && /\/leave\.js$/.test(file.path) ? over(file.weight, 1_000) : [tag];
    }),
  "nothing that is loaded from elsewhere": ({ path, html, files }) => [
    ...filesOn(html).filter((file) => !isOwn(file, path)),
    ...[html, ...files.map(({ styles }) => styles)].flatMap((text) => foreignStyles(text, path)),
  ],
  "no link or form that leads elsewhere, but for links that send no referrer": ({ path, html }) =>
    [...html.matchAll(/<\w+\b[^>]*?\s(?:href|src|action|formaction|ping|content)="([^"]*)"[^>]*>/g)]
      .filter(([tag, address = ""]) => !/^<meta\b/.test(tag) || /url=/i.test(address))
      .filter(([tag, address = ""]) => !isOwn(address.replace(/^.*url=/i, ""), path) && !isQuietLink(tag))
      .map(([tag]) => tag),
  "a title that does not name the topic, where it is guarded": ({ guarded, html }) =>
    guarded ? titleFaults(html) : [],
};

/** The title of a page where it may not be seen over a shoulder. */
export function titleFaults(html: string): string[] {
  const title = titleOf(html);
  return NEUTRAL.includes(neutralised(title)) && !TOPIC.test(title) ? [] : [title || "no title"];
}

const isQuietLink = (tag: string) => /^<a\b/.test(tag) && /\srel="[^"]*\bnoreferrer\b/.test(tag);

function foreignStyles(text: string, path: string): string[] {
  const addresses = [...text.matchAll(/url\(\s*["']?([^"')]+)/g)].map(([, address = ""]) => address);
  return [...addresses.filter((address) => !isOwn(address, path)), ...(text.match(/@import[^;]*/g) ?? [])];
}

/** A line for each thing that is wrong with a page. */
export function pageFaults(sight: Sight): string[] {
  return Object.entries(PAGE_RULES).flatMap(([rule, faults]) =>
    faults(sight).map((fault) => `${sight.path} has not ${rule}: ${fault}`),
  );
}
