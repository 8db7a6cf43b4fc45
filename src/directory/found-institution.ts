import { type Country, dayStartIn, isTerritory, sayType, territoryName } from "#country/index.ts";
import { type AbsenceRow, concerns, type Institution } from "#institutions/index.ts";
import type { Ui } from "#platform/views/ui.ts";
import { isShown } from "./find-places.ts";
import type { FoundInstitution } from "./views.ts";

/** What is known around the institutions of one page. */
export interface Around {
  readonly absences: readonly AbsenceRow[];
  /** Those that stand in, by id. */
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

/** The absence that keeps an institution closed the longest, its own before its type's. */
export function absenceFor(
  country: Country,
  row: Institution,
  absences: readonly AbsenceRow[],
): AbsenceRow | undefined {
  const closing = absences.filter((each) => concerns(country, each, row));
  return closing.toSorted((one, other) => other.to - one.to)[0];
}

function absenceOf(
  { t, href, date }: Ui,
  country: Country,
  row: Institution,
  { absences, standIns }: Around,
): FoundInstitution["absent"] {
  const absence = absenceFor(country, row, absences);
  if (!absence) return undefined;
  const standIn = standIns.get(absence.fallbackId ?? row.fallbackId ?? "");
  const shown = standIn && isShown(standIn.type) ? standIn : undefined;
  return {
    // The last day without work, not the first with it.
    until: date(absence.to - 1),
    standIn: shown && { path: href(`/find/${shown.id}`), label: t.local(shown.name) },
  };
}

/** The digits to dial, where what was written down is one number. */
function dialled(phone: string): string | undefined {
  return /^\+?[\d\s()/.-]+$/.test(phone) ? phone.replace(/[^\d+]/g, "") : undefined;
}
