import type { Parts } from "#platform/views/parts.ts";
import type { Ui } from "#platform/views/ui.ts";
import { type Contact, shownCost, shownHours } from "./country.ts";

/** A number to call as a page shows it. */
export type HelpNumber = Parts["parts/number"];

/** Puts into words whom a number is for, and of its hours and its price what somebody has checked. */
export function helpNumber({ t, day }: Ui, contact: Contact): HelpNumber {
  const { number, display } = contact;
  const hours = shownHours(contact);
  const cost = shownCost(contact);
  const facts = [
    { label: t("site.help.for"), text: t.local(contact.forWhom) },
    ...(hours ? [{ label: t("site.help.hours"), text: t.local(hours) }] : []),
    ...(cost ? [{ label: t("pages.help.cost"), text: t.local(cost) }] : []),
    ...(contact.verifiedOn
      ? [{ label: "", text: t("site.help.checked", { day: day(Date.parse(contact.verifiedOn)) }) }]
      : []),
  ];
  return { number: { number, display, name: t.local(contact.name) }, facts };
}
