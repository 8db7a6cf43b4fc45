const FIRST_YEAR = 1900;
const LAST_YEAR = 2199;

/**
 * Reads a day as a browser sends it, "2026-09-01", or as Serbian offices write it, "1. 9. 2026."
 * @returns the day as "2026-09-01"; undefined for what is no day of the calendar
 */
export function readDay(text: string): string | undefined {
  const [, day, month, year] = /^(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})\.?$/.exec(text.trim()) ?? [];
  const iso = day ? `${year}-${month?.padStart(2, "0")}-${day.padStart(2, "0")}` : text.trim();
  if (!/^\d{4}-\d{2}-\d{2}$/.test(iso)) return undefined;
  const at = Date.parse(`${iso}T00:00:00Z`);
  const written = Number(iso.slice(0, 4));
  if (Number.isNaN(at) || written < FIRST_YEAR || written > LAST_YEAR) return undefined;
  return new Date(at).toISOString().startsWith(iso) ? iso : undefined;
}
