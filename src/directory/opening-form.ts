import { z } from "zod";
import { type Country, dayStartIn, isoDayIn } from "#country/index.ts";
import { readDay, STAGES, type Stage } from "#institutions/index.ts";
import { isArea } from "./registry-places.ts";

/** A line as somebody typed it. */
export interface TypedOpening {
  readonly territory: string;
  readonly stage: Stage;
  readonly from: number;
}

/**
 * Reads a line of the plan. A day that has begun means this moment, so that what has held is never written anew.
 * @param confirmed whether somebody was shown what it closes
 */
export function openingForm(country: Country, now: number): z.ZodType<TypedOpening & { readonly confirmed: boolean }> {
  return z.object({
    territory: z
      .string("opening.add.error.territory")
      .refine((text) => isArea(country, text), "opening.add.error.territory"),
    stage: z
      .string("opening.add.error.stage")
      .transform((text) => STAGES.find((stage) => String(stage) === text))
      .refine((stage) => stage !== undefined, "opening.add.error.stage")
      // Refused above where it is undefined.
      .transform((stage) => stage as Stage),
    from: z
      .string("opening.add.error.day")
      .transform((text) => momentOf(country, text, now))
      .refine((from) => from !== undefined, "opening.add.error.day")
      .refine((from) => from !== "past", "opening.add.error.past")
      .transform((from) => from as number),
    confirmed: z
      .string()
      .optional()
      .transform((text) => text === "yes"),
  });
}

function momentOf(country: Country, text: string, now: number): number | "past" | undefined {
  const day = readDay(text);
  if (day === undefined) return undefined;
  const from = dayStartIn(country, day);
  const today = dayStartIn(country, isoDayIn(country, now));
  if (from < today) return "past";
  return Math.max(from, now);
}
