import { z } from "zod";
import { type Country, municipalities, municipality } from "#country/index.ts";
import { STAGES, type Stage, TRIAGE } from "#institutions/index.ts";
import { toLatin } from "#messages/latin.ts";
import type { Language } from "#messages/messages.ts";
import type { Fields } from "#platform/http/app.ts";
import { checkForm, type FormResult } from "#platform/http/form.ts";
import { SetupForm } from "./forms.ts";
import { SIZES, type Size } from "./set-up.ts";

/** What the form of set-up says, checked: the account, and what the service is for. */
export type TypedSetup = z.output<typeof SetupForm> & {
  readonly operator: { readonly sr: string; readonly en: string };
  readonly type: string;
  readonly territory: string;
  readonly stage: Stage;
  readonly offered: readonly Language[];
};

/** Checks the form of one size: a school has a kind and a place, a country's team sits where its pack begins. */
export function checkSetup(country: Country, size: Size, fields: Fields): FormResult<TypedSetup> {
  return checkForm(size === "school" ? schoolForm(country) : countryForm(country), fields, ["offered"]);
}

export function sizeIn(text: string | undefined): Size | undefined {
  return SIZES.find((size) => size === text);
}

/** The languages that the public is offered: at least one of the country's, in its order. */
export const offeredField = ({ languages }: Country) =>
  z
    .array(z.string())
    .transform((typed) => languages.map(({ tag }) => tag).filter((tag) => typed.includes(tag)))
    .refine((tags) => tags.length > 0, "accounts.offered.missing");

const common = {
  operator: z
    .string("accounts.setup.operator.missing")
    .trim()
    .min(1, "accounts.setup.operator.missing")
    .max(200, "errors.field.tooLong")
    // A name in Latin letters is the same in every language; for one in Cyrillic the letters are changed.
    .transform((name) => ({ sr: name, en: toLatin(name) })),
  stage: z
    .string("opening.add.error.stage")
    .transform((text) => STAGES.find((stage) => String(stage) === text))
    .refine((stage) => stage !== undefined, "opening.add.error.stage")
    // Refused above where it is undefined.
    .transform((stage) => stage as Stage),
};

function countryForm(country: Country): z.ZodType<TypedSetup> {
  const territory = municipalities(country)[0]?.code ?? country.code;
  return z
    .object({ ...common, offered: offeredField(country), ...SetupForm.shape })
    .transform((typed) => ({ ...typed, type: TRIAGE, territory }));
}

function schoolForm(country: Country): z.ZodType<TypedSetup> {
  // In the order of the page, in which the summary names what is wrong.
  return z.object({
    operator: common.operator,
    type: z
      .string("accounts.setup.type.missing")
      .refine((type) => country.educationalTypes.includes(type), "accounts.setup.type.missing"),
    territory: z
      .string("accounts.setup.territory.missing")
      .refine((code) => municipality(country, code) !== undefined, "accounts.setup.territory.missing"),
    stage: common.stage,
    offered: offeredField(country),
    ...SetupForm.shape,
  });
}
