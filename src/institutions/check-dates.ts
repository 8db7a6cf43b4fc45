import type { Entry } from "./entry.ts";
import { type Fresh, TRIAGE } from "./reading.ts";

/** Reads the days of a line. */
export function datesOf({ fresh, kept, fault }: Fresh): Pick<Entry, "verifiedOn" | "activeFrom" | "activeTo"> {
  const read = (column: "verified_on" | "active_from" | "active_to", before: string | null | undefined) => {
    const text = fresh[column];
    const date = text === undefined ? before : isoDate(text);
    if (text !== undefined && date === undefined) fault(column, "date");
    return date ?? null;
  };
  const verifiedOn = read("verified_on", kept?.entry.verifiedOn);
  const activeFrom = read("active_from", kept?.entry.activeFrom);
  const activeTo = read("active_to", kept?.entry.activeTo);
  const isSaid = fresh.active_from !== undefined || fresh.active_to !== undefined;
  if (isSaid && activeFrom !== null && activeTo !== null && activeTo <= activeFrom) fault("active_to", "dates");
  if (activeTo !== null && fresh.active_to !== undefined && kept?.entry.type === TRIAGE) fault("active_to", "triage");
  return { verifiedOn, activeFrom, activeTo };
}

/** "2026-09-01", or as Serbian offices write it: "1. 9. 2026." */
function isoDate(text: string): string | undefined {
  const [, day, month, year] = /^(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})\.?$/.exec(text) ?? [];
  const iso = day ? `${year}-${month?.padStart(2, "0")}-${day.padStart(2, "0")}` : text;
  const at = /^(?:19|20)\d{2}-\d{2}-\d{2}$/.test(iso) ? Date.parse(`${iso}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(iso) ? iso : undefined;
}
