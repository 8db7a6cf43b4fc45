import type { Entry } from "./entry.ts";
import { readDay } from "./read-day.ts";
import { type Fresh, TRIAGE } from "./reading.ts";

/** Reads the days of a line. */
export function datesOf({ fresh, kept, today, fault }: Fresh): Pick<Entry, "verifiedOn" | "activeFrom" | "activeTo"> {
  const read = (column: "verified_on" | "active_from" | "active_to", before: string | null | undefined) => {
    const text = fresh[column];
    const date = text === undefined ? before : readDay(text);
    if (text !== undefined && date === undefined) fault(column, "date");
    return date ?? null;
  };
  const verifiedOn = read("verified_on", kept?.entry.verifiedOn);
  if (fresh.verified_on !== undefined && verifiedOn !== null && verifiedOn > today) fault("verified_on", "notYet");
  const activeFrom = read("active_from", kept?.entry.activeFrom);
  const activeTo = read("active_to", kept?.entry.activeTo);
  const isSaid = fresh.active_from !== undefined || fresh.active_to !== undefined;
  // A new one begins today where nothing else is said; where what is said is no day, that is the fault.
  const begins = activeFrom ?? (fresh.active_from === undefined ? today : null);
  if (isSaid && begins !== null && activeTo !== null && activeTo <= begins) fault("active_to", "dates");
  if (activeTo !== null && fresh.active_to !== undefined && kept?.entry.type === TRIAGE) fault("active_to", "triage");
  return { verifiedOn, activeFrom, activeTo };
}
