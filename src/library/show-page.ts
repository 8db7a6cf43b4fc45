import { type Country, helpNumber } from "#country/index.ts";
import { toLatin } from "#messages/latin.ts";
import type { Ui } from "#platform/views/ui.ts";
import type { LibraryText } from "./library-store.ts";
import { parsePage } from "./page-source.ts";
import { type Around, renderBody } from "./render-body.ts";
import type { ShownPage } from "./views.ts";

/** Puts the text of a page into the form in which it is read, with its numbers and what the law says. */
export function showText(
  ui: Ui,
  { contacts }: Country,
  { source }: Pick<LibraryText, "source">,
  addressOf: Around["addressOf"],
): ShownPage {
  const page = parsePage(inScript(ui, source));
  const { t } = ui;
  const dayOf = (day: string) => ui.date(Date.parse(day));
  const placed = page.contacts.flatMap((id) => contacts.filter((contact) => contact.id === id));
  return {
    title: page.title,
    summary: page.summary,
    html: renderBody(page.body, { ui, contacts, addressOf }),
    numbers: placed.map((contact) => helpNumber(ui, contact)),
    legal: page.legal.map(({ says, source: where, verifiedOn: on }) => ({
      says,
      source: where,
      checked: on === null ? t("library.legal.unverified") : t("library.legal.verified", { day: dayOf(on) }),
    })),
    isReviewed: page.reviewed !== null,
    said: {
      reviewed: page.reviewed
        ? t("library.reviewed", { by: page.reviewed.by, on: dayOf(page.reviewed.on) })
        : t("library.unreviewed"),
      call: t("library.call"),
      legal: t("library.legal"),
      source: t("library.source"),
    },
  };
}

/** What is written in Cyrillic, in the script of the language that is read. */
export function inScript({ lang }: Pick<Ui, "lang">, text: string): string {
  return lang === "sr-Latn" ? toLatin(text) : text;
}
