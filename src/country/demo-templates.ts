import { z } from "zod";
import type { LocalText } from "#messages/messages.ts";
import type { Country, Territory } from "./country.ts";
import type { DemoInstitution } from "./demo-institutions.ts";
import { localTextSchema } from "./local-text.ts";

/** An institution that the demonstration invents for each place of a kind; `{}` is the place's name. */
export interface DemoTemplate {
  readonly identifier: string;
  readonly type: string;
  readonly each: "municipality" | "district" | "country";
  readonly name: LocalText;
  readonly desk: LocalText;
  /** Templates of the bodies that supervise it and that stand in for it, where they answer for the same place. */
  readonly supervisor?: string;
  readonly fallback?: string;
}

export const demoTemplatesSchema: z.ZodType<readonly DemoTemplate[]> = z.array(
  z.strictObject({
    identifier: z.string().regex(/^[a-z]+$/),
    type: z.string(),
    each: z.enum(["municipality", "district", "country"]),
    name: localTextSchema,
    desk: localTextSchema,
    supervisor: z.string().exactOptional(),
    fallback: z.string().exactOptional(),
  }),
);

/**
 * Makes one institution of each template for each place of its kind, so that every place of the demonstration has
 * somebody; a place where an institution of the type was written by hand keeps that one.
 */
export function spreadTemplates(
  country: Country,
  templates: readonly DemoTemplate[],
  written: readonly DemoInstitution[],
): readonly DemoInstitution[] {
  const taken = new Set(written.map(({ type, territory }) => `${type} ${territory}`));
  return templates.flatMap((template) =>
    placesOf(country, template.each)
      .filter(({ seat }) => template.each !== "municipality" || !taken.has(`${template.type} ${seat.code}`))
      .map((place) => oneOf(country, templates, template, place)),
  );
}

interface Place {
  /** What it answers for; undefined where that is its own municipality. */
  readonly area: string | undefined;
  /** The municipality where it stands: the first of its district, or of the country. */
  readonly seat: Territory;
  readonly name: LocalText;
}

function placesOf({ territories }: Country, each: DemoTemplate["each"]): readonly Place[] {
  const towns = territories.filter(({ kind }) => kind === "municipality");
  if (each === "municipality") return towns.map((seat) => ({ area: undefined, seat, name: seat.name }));
  const [first] = towns;
  if (each === "country") return first ? [{ area: "country", seat: first, name: first.name }] : [];
  return territories
    .filter(({ kind }) => kind === "district")
    .flatMap(({ code, name }) => {
      const seat = towns.find(({ parent }) => parent === code);
      return seat ? [{ area: code, seat, name }] : [];
    });
}

function oneOf(
  country: Country,
  templates: readonly DemoTemplate[],
  { identifier, type, name, desk, each, supervisor, fallback }: DemoTemplate,
  { area, seat, name: place }: Place,
): DemoInstitution {
  const named = (other: string | undefined) => {
    const found = templates.find((template) => template.identifier === other);
    return found && identifierIn(country, found, seat);
  };
  const supervisedBy = named(supervisor);
  const standIn = named(fallback);
  return {
    identifier: identifierIn(country, { identifier, each }, seat),
    type,
    name: { sr: name.sr.replace("{}", place.sr), en: name.en.replace("{}", place.en) },
    territory: seat.code,
    address: null,
    desk: { name: desk },
    ...(area === undefined ? {} : { covers: [area] }),
    ...(supervisedBy === undefined ? {} : { supervisor: supervisedBy }),
    ...(standIn === undefined ? {} : { standIn }),
  };
}

/** The identifier of a template's institution for the place in which a municipality lies. */
function identifierIn(
  country: Country,
  { identifier, each }: Pick<DemoTemplate, "identifier" | "each">,
  seat: Territory,
): string {
  if (each === "country") return `demo-${identifier}`;
  const place = each === "municipality" ? seat.code : (seat.parent ?? seat.code);
  return `demo-${identifier}-${place.replace(`${country.code.toLowerCase()}-`, "")}`;
}
