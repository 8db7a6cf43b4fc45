import { type Country, dayStartIn, isTerritory, sayType, territoryName } from "#country/index.ts";
import { type AbsenceRow, absencesOf, fallbacksOf, type Institution } from "#institutions/index.ts";
import type { Ui } from "#platform/views/ui.ts";
import type { FoundInstitution } from "./views.ts";

/** What is known around the institutions of one page. */
export interface Around {
  readonly absences: readonly AbsenceRow[];
  /** Those that can stand in and have a page for the public, by id. */
  readonly standIns: ReadonlyMap<string, Institution>;
}

/** An institution as the public sees it: what nobody has checked is not said. */
export function foundInstitution(ui: Ui, country: Country, row: Institution, around: Around): FoundInstitution {
  const { t, href } = ui;
  const checked = row.verifiedOn === null ? undefined : dayStartIn(country, row.verifiedOn);
  return {
    path: href(`/find/${row.id}`),
    name: t.local(row.name),
    type: sayType(country, t, row.type),
    place: isTerritory(country, row.territory) ? t.local(territoryName(country, row.territory)) : undefined,
    address: row.address ?? undefined,
    phone: checked !== undefined && row.phone !== null ? { dial: dialled(row.phone), shown: row.phone } : undefined,
    hours: checked !== undefined && row.hours !== null ? t.local(row.hours) : undefined,
    checked: checked === undefined ? undefined : ui.date(checked),
    absent: absenceOf(ui, country, row, around),
  };
}

/** Until when it is closed, and whoever of those that routing would ask is there for the public. */
function absenceOf(
  { t, href, date }: Ui,
  country: Country,
  row: Institution,
  { absences, standIns }: Around,
): FoundInstitution["absent"] {
  const closing = absencesOf(country, row, absences);
  if (closing.length === 0) return undefined;
  const [standIn] = fallbacksOf(row, closing).flatMap((id) => standIns.get(id) ?? []);
  return {
    // The last day without work, not the first with it.
    until: date(Math.max(...closing.map(({ to }) => to)) - 1),
    standIn: standIn && { path: href(`/find/${standIn.id}`), label: t.local(standIn.name) },
  };
}

/** The digits to dial, where what was written down is one number. */
function dialled(phone: string): string | undefined {
  return /^\+?[\d\s()/.-]+$/.test(phone) ? phone.replace(/[^\d+]/g, "") : undefined;
}
