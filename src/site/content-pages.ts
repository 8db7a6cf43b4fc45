import { type Contact, type Country, emergencyContacts, helpNumber } from "#country/index.ts";
import { hasPublished } from "#library/index.ts";
import { localeOf } from "#messages/messages.ts";
import type { AppContext } from "#platform/http/app.ts";
import { notFound } from "#platform/http/errors.ts";
import { page } from "#platform/http/page.ts";
import type { SiteNeeds } from "./routes.ts";
import { accessibility, help, home, learn } from "./views.ts";

type Answer = Response | Promise<Response>;

/** The day on which the accessibility statement was last compared with the service. */
const STATEMENT_DAY = Date.parse("2026-11-22");

/** Three sentences, three doors, the numbers, and the way back to a report. */
export function showHome(c: AppContext, country: Country): Answer {
  const { t } = c.get("ui");
  const numbers = emergencyContacts(country).map((contact) => numberOf(t.local(contact.name), contact));
  return page(c, home, { numbers }, { title: t("site.name") });
}

/** What violence is and what helps, on one page; the way to the library where something is published there. */
export async function showLearn(c: AppContext, { country, db }: Pick<SiteNeeds, "country" | "db">): Promise<Response> {
  const [first] = emergencyContacts(country);
  if (!first) throw notFound();
  const more = await db.read(hasPublished);
  return page(c, learn, { number: first.display, more }, { title: c.get("ui").t("learn.title"), narrow: true });
}

/** Every number; what nobody has rung and asked is not said of it. */
export function showHelp(c: AppContext, { contacts }: Country): Answer {
  const ui = c.get("ui");
  const [first] = contacts;
  if (!first) throw notFound();
  const shown = (inDanger: boolean) =>
    contacts.filter((contact) => contact.emergencyBar === inDanger).map((contact) => helpNumber(ui, contact));
  const unverified = contacts.some(({ verifiedOn }) => verifiedOn === null);
  const props = { danger: shown(true), others: shown(false), first: first.display, unverified };
  return page(c, help, props, { title: ui.t("site.help.title") });
}

/** The statement that public bodies publish (Directive (EU) 2016/2102, article 7), with the operator's own address. */
export function showAccessibility(c: AppContext, contact: string | undefined): Answer {
  const { t, lang } = c.get("ui");
  const day = new Intl.DateTimeFormat(localeOf(lang), { dateStyle: "long" }).format(STATEMENT_DAY);
  return page(c, accessibility, { contact, day }, { title: t("pages.access.title"), narrow: true });
}

const numberOf = (name: string, { number, display }: Contact) => ({ number, display, name });
