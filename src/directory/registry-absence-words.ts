import { type Country, sayTerritory, sayType, WHOLE_COUNTRY } from "#country/index.ts";
import type { AbsenceRow, Institution } from "#institutions/index.ts";
import type { Ui } from "#platform/views/ui.ts";
import { institutionAddress } from "./registry-address.ts";
import type { ShownAbsence } from "./registry-views.ts";

interface Shown {
  readonly absence: AbsenceRow;
  readonly named: ReadonlyMap<string, Institution>;
  readonly at: number;
  /** On this institution's own page its own absences need no name. */
  readonly own?: string;
}

/** One absence in words: when, whose, and who takes the work. */
export function absenceShown(country: Country, ui: Ui, { absence, named, at, own }: Shown): ShownAbsence {
  const { t } = ui;
  const { id, institutionId, from, to, fallbackId } = absence;
  const nameOf = (institution: string) => {
    const found = named.get(institution);
    return found ? t.local(found.name) : "";
  };
  const together = () =>
    t("registry.absence.ofType", {
      type: sayType(country, t, absence.type ?? ""),
      place: sayTerritory(country, t, absence.territory ?? WHOLE_COUNTRY),
    });
  const isOwn = institutionId !== null && institutionId === own;
  return {
    id,
    period: t("registry.absence.period", { from: ui.date(from), to: ui.date(to - 1) }),
    whose: institutionId === null ? together() : isOwn ? t("registry.absence.own") : nameOf(institutionId),
    whosePath: institutionId === null || isOwn ? undefined : institutionAddress(institutionId),
    fallback: fallbackId === null ? t("registry.absence.ownFallback") : nameOf(fallbackId),
    running: from <= at,
  };
}
