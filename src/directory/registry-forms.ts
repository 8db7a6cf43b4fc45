import { z } from "zod";
import { type Country, isCode, municipality } from "#country/index.ts";
import { INSTITUTION_STATES, isIdentifier, longestOf, readDay, TRIAGE } from "#institutions/index.ts";
import { toCyrillic } from "#messages/cyrillic.ts";
import type { MessageKey } from "#messages/messages.ts";
import type { Fields, FormState } from "#platform/http/app.ts";
import { isArea } from "./registry-places.ts";

const LONGEST = 300;
const LONGEST_WORDS = 100;

const LATIN = /\p{Script=Latin}/u;
const CYRILLIC = /\p{Script=Cyrillic}/u;

/** One line of text without spaces around it. */
const line = (most = LONGEST) =>
  z
    .string()
    .default("")
    .transform((text) => text.replace(/\s+/g, " ").trim())
    .pipe(z.string().max(most, "errors.field.tooLong"));

const needed = (missing: MessageKey, most = LONGEST) => line(most).pipe(z.string().min(1, missing));
const english = (most = LONGEST) => line(most).refine((text) => !CYRILLIC.test(text), "registry.letters.english");
const optional = (most = LONGEST) => line(most).transform((text) => (text === "" ? null : text));

const phone = optional(40).refine(
  (text) => text === null || /^\+?\d{3,15}$/.test(text.replace(/[\s/().-]/g, "")),
  "registry.phone.wrong",
);

const optionalDay = line(40).transform((text, context) => {
  const day = text === "" ? null : readDay(text);
  if (day !== undefined) return day;
  context.addIssue({ code: "custom", message: "registry.day.wrong" });
  return z.NEVER;
});

const day = (missing: MessageKey) =>
  optionalDay.transform((found, context) => {
    if (found !== null) return found;
    context.addIssue({ code: "custom", message: missing });
    return z.NEVER;
  });

/** The types that a form may give an institution; a triage team stays one. */
export function formTypes(country: Country, kept?: string): readonly string[] {
  if (kept === TRIAGE) return [TRIAGE];
  return country.codeLists.institution_type.map(({ code }) => code).filter((code) => code !== TRIAGE);
}

const ownFields = (country: Country, keptType: string | undefined) =>
  z.object({
    identifier: needed("registry.identifier.missing", 40).pipe(
      z.string().refine(isIdentifier, "registry.identifier.wrong"),
    ),
    type: z
      .string("registry.type.missing")
      .min(1, "registry.type.missing")
      .refine((type) => formTypes(country, keptType).includes(type), "errors.field.unknown"),
    name: needed("registry.name.missing"),
    nameEn: english(),
    territory: z
      .string("registry.territory.missing")
      .min(1, "registry.territory.missing")
      .refine((code) => municipality(country, code) !== undefined, "errors.field.unknown"),
    covers: z.array(z.string().refine((code) => isArea(country, code), "errors.field.unknown")),
    towns: z.string().max(longestOf("covers"), "errors.field.tooLong").default(""),
    address: optional(),
    phone,
    hours: line(),
    hoursEn: english(),
    verifiedOn: optionalDay,
    activeFrom: day("registry.activeFrom.missing"),
  });

/** Everything of an institution but its ties, which are looked up, and its end, which has a page of its own. */
export const institutionForm = (country: Country, keptType?: string) =>
  ownFields(country, keptType).refine(({ hours, hoursEn }) => hours !== "" || hoursEn === "", {
    path: ["hours"],
    message: "registry.hours.missing",
  });
export type InstitutionInput = z.infer<ReturnType<typeof institutionForm>>;

export const FirstDeskForm = z.object({ desk: needed("registry.desk.missing", 120) });
export const DeskForm = z.object({ name: needed("registry.desk.missing", 120), nameEn: english(120) });

/** Whom to call: a name, and what they are there or their number. */
export const ContactForm = z
  .object({ name: needed("registry.contact.name.missing"), role: line(), phone })
  .refine((contact) => contact.role !== "" || contact.phone !== null, {
    path: ["role"],
    message: "registry.contact.roleOrPhone",
  });

export const EndForm = z.object({
  on: day("registry.end.missing"),
  version: z.coerce.number("errors.field.unknown").int("errors.field.unknown"),
});

/** First and last day, both included. */
const period = { from: day("registry.absence.from.missing"), to: day("registry.absence.to.missing") };

/** One institution's own absence. */
export const AbsenceForm = z.object(period);

/** The absence of all institutions of some types in a territory. */
export const absencesForm = (country: Country) =>
  z.object({
    ...period,
    types: z
      .array(
        z
          .string()
          .refine((type) => isCode(country, "institution_type", type) && type !== TRIAGE, "errors.field.unknown"),
      )
      .min(1, "registry.absence.types.missing"),
    territory: z
      .string("registry.absence.territory.missing")
      .min(1, "registry.absence.territory.missing")
      .refine((code) => isArea(country, code), "errors.field.unknown"),
  });

const id = z
  .string()
  .regex(/^[\w-]{1,40}$/)
  .optional()
  .catch(undefined);

/** The filters of the registry; anything that is none counts as no filter. */
export const RegistryQuery = z.object({
  words: z
    .string()
    .transform((text) => text.trim().slice(0, LONGEST_WORDS))
    .optional()
    .catch(undefined),
  type: id,
  place: id,
  state: z.enum(INSTITUTION_STATES).optional().catch(undefined),
  parent: id,
  supervisor: id,
  fallback: id,
});
export type RegistryQuery = z.infer<typeof RegistryQuery>;

/** The same with the row after or before which a page begins. */
export const RegistryPageQuery = RegistryQuery.extend({ after: id, before: id });

export const AbsenceQuery = z.object({ past: z.literal("1").optional().catch(undefined), after: id });

/**
 * Serbian is written in Cyrillic here. What came in Latin letters is offered in Cyrillic, and somebody reads it before it
 * is stored, since letters alone do not tell how a name is written.
 */
export function offerCyrillic(
  fields: Fields,
  names: readonly string[],
): { readonly fields: Fields; readonly errors: FormState["errors"] } {
  const offered = new Map(fields);
  const errors: FormState["errors"][number][] = [];
  for (const field of names) {
    const text = fields.get(field)?.[0] ?? "";
    if (!LATIN.test(text)) continue;
    const cyrillic = toCyrillic(text);
    offered.set(field, [cyrillic]);
    errors.push({
      field,
      phrase: { key: LATIN.test(cyrillic) ? "registry.letters.foreign" : "registry.letters.offered" },
    });
  }
  return { fields: offered, errors };
}
