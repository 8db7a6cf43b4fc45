import type { Country } from "./country.ts";

const DAY = 86_400_000;

/** A desk with waiting work is silent when nobody has signed in there since that moment. */
export function silentSince({ silence }: Pick<Country, "silence">, now: number): number {
  return now - silence.days * DAY;
}
