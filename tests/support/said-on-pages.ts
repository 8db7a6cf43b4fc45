import type { Page } from "playwright-core";
import { isMessageKey } from "#messages/messages.ts";

/** Something a page says, with the language that holds where it stands. */
export interface Said {
  readonly lang: string;
  readonly text: string;
}

export interface PageFacts {
  /** Each control with the name that a screen reader says; `tag` tells it by. */
  readonly controls: readonly (Said & { readonly tag: string })[];
  /** Everything else that is read out or seen, except what people wrote. */
  readonly texts: readonly Said[];
}

/** Reads pages in a browser without opening them: names of controls as browsers compute them, and every text. */
export function factsOf(page: Page, pages: readonly string[]): Promise<PageFacts[]> {
  return page.evaluate(readAll, pages);
}

/** Runs in the browser, so that it reaches nothing outside itself. */
function readAll(pages: readonly string[]): PageFacts[] {
  return pages.map((html) => {
    const doc = new DOMParser().parseFromString(html, "text/html");
    const tidy = (text: string | null | undefined) => (text ?? "").replace(/\s+/g, " ").trim();
    const langOf = (element: Element) => element.closest("[lang]")?.getAttribute("lang") ?? "";
    const textOf = (element: Element) => {
      const copy = element.cloneNode(true) as Element;
      for (const inner of copy.querySelectorAll("select,textarea,script,style,[aria-hidden=true]")) inner.remove();
      const alts = [...copy.querySelectorAll("img")].map((img) => img.alt);
      return tidy([copy.textContent, ...alts].join(" "));
    };
    const labelled = (element: Element) =>
      tidy(
        (element.getAttribute("aria-labelledby") ?? "")
          .split(/\s+/)
          .map((id) => (id && doc.getElementById(id)?.textContent) || "")
          .join(" "),
      );
    /** A name is read in the language of where it stands: the label's, or the control's own. */
    const namerOf = (element: Element) =>
      doc.getElementById(element.getAttribute("aria-labelledby") ?? "") ??
      (element.hasAttribute("aria-label") ? element : ((element as HTMLInputElement).labels?.[0] ?? element));
    const nameOf = (element: Element) => {
      const labels = [...((element as HTMLInputElement).labels ?? [])].map(textOf).join(" ");
      const group = element.querySelector(":scope > legend, :scope > caption");
      const own = /^(A|BUTTON|SUMMARY)$/.test(element.tagName) ? textOf(element) : "";
      return labelled(element) || tidy(element.getAttribute("aria-label")) || labels || (group && textOf(group)) || own;
    };
    const CONTROLS = "a[href],button,input:not([type=hidden]),select,textarea,summary,progress,fieldset,nav,table";
    const seen = [...doc.querySelectorAll(CONTROLS)].filter((element) => !element.closest("[hidden]"));
    const controls = seen.map((element) => ({
      tag: element.outerHTML.slice(0, 80),
      lang: langOf(namerOf(element)),
      text: nameOf(element) ?? "",
    }));
    const texts: { lang: string; text: string }[] = [{ lang: langOf(doc.documentElement), text: doc.title }];
    const walker = doc.createTreeWalker(doc.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement;
      if (!parent || parent.closest("script,style,textarea,.words,.typed")) continue;
      const text = tidy(walker.currentNode.textContent);
      if (text) texts.push({ lang: langOf(parent), text });
    }
    for (const element of doc.querySelectorAll("[aria-label],[title],[alt],[placeholder],[data-label]")) {
      for (const name of ["aria-label", "title", "alt", "placeholder", "data-label"]) {
        const text = tidy(element.getAttribute(name));
        if (text) texts.push({ lang: langOf(element), text });
      }
    }
    return { controls, texts };
  });
}

/** Names and signs that stay as they are in every language and script. */
const KEPT =
  /WCAG|CSV|UTF-8|Windows-\d+|\bAA\b|\bEN \d+|axe-core|JavaScript|Ctrl|Shift|Opera Mini|\S+@\S+|(?<=: )[\w-]{12}$|\b(?:[0-9A-Z]{4}-){4}[0-9A-Z]{4}\b/g;
/** How languages call themselves, and people of the demonstration. */
const NAMES =
  /Latinica|English|Ћирилица|Мила Јасен|Раде Храст|Ива Врба|Дара Топола|Лука Бор|Нада Липа|Сања Кедар|Вук Бреза|Измишљено Име/g;
/** Letters with marks are letters too: "are" is no word of "naočare". */
const ENGLISH = /(?<!\p{L})(the|and|you|your|with|this|that|what|from|not|are|have|here)(?!\p{L})/iu;
const SERBIAN = /(?<!\p{L})(je|se|da|ili|nije|koji|šta|što|ovo|prijava|tvoja|nastavi)(?!\p{L})/iu;

const FOREIGN: Readonly<Record<string, (text: string) => boolean>> = {
  "sr-Cyrl": (text) => /\p{Script=Latin}{2,}/u.test(text),
  sr: (text) => /\p{Script=Latin}{2,}/u.test(text),
  "sr-Latn": (text) => /\p{Script=Cyrillic}/u.test(text) || ENGLISH.test(text),
  en: (text) => /\p{Script=Cyrillic}/u.test(text) || SERBIAN.test(text),
};

/** What a person who only listens would not understand: controls without a name, bare keys, another language. */
export function saidWrong({ controls, texts }: PageFacts): string[] {
  const nameless = controls.filter(({ text }) => text === "").map(({ tag }) => `no name: ${tag}`);
  // Words that a person wrote are in a language that nobody knows.
  const ours = texts.filter(({ lang }) => lang !== "");
  const said = [...controls, ...ours].filter(({ lang, text }) => {
    const own = text.replace(KEPT, "").replace(NAMES, "");
    return text.split(/\s+/).some(isMessageKey) || (FOREIGN[lang]?.(own) ?? true);
  });
  return [...nameless, ...new Set(said.map(({ lang, text }) => `${lang}: ${text}`))];
}
