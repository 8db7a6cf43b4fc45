import { z } from "zod";
import type { Competence, CompetenceRule, Country, NotFirst } from "./country.ts";
import { localTextSchema } from "./local-text.ts";

const codes = z.array(z.string()).min(1);

const circumstances = {
  id: z.string().min(1),
  forms: codes.exactOptional(),
  settings: codes.exactOptional(),
  harmers: codes.exactOptional(),
  levels: codes.exactOptional(),
  ages: codes.exactOptional(),
  basis: localTextSchema,
  source: z.string().min(1),
  verified: z.boolean(),
};

const rule: z.ZodType<CompetenceRule> = z.strictObject({
  ...circumstances,
  types: codes,
  place: z.literal(true).exactOptional(),
  ifNamed: z.literal(true).exactOptional(),
});

/** Where only one house is passed over, no type has to be. */
const notFirstRule: z.ZodType<NotFirst> = z.strictObject({
  ...circumstances,
  types: z.array(z.string()),
  house: z.literal(true).exactOptional(),
});

export const competenceSchema: z.ZodType<Competence> = z.strictObject({
  placeTypes: z.record(z.string(), codes),
  rules: z.array(rule).min(1),
  otherwise: rule,
  notFirst: z.array(notFirstRule),
  standIns: z.record(z.string(), z.string()),
});

interface Fault {
  readonly message: string;
  readonly path: PropertyKey[];
}

/** Takes a country and lists what its rules of competence name that its code lists do not hold, and endless stand-ins. */
export function competenceFaults({ competence, codeLists }: Pick<Country, "competence" | "codeLists">): Fault[] {
  const known = (list: readonly { readonly code: string }[]) => new Set(list.map(({ code }) => code));
  const types = known(codeLists.institution_type);
  const lists = {
    forms: known(codeLists.violence_form),
    settings: known(codeLists.environment),
    harmers: known(codeLists.perpetrator_type),
    levels: known(codeLists.violence_level),
    ages: known(codeLists.age_band),
    types,
  };
  const { rules, otherwise, notFirst, placeTypes, standIns } = competence;
  const named: readonly Named[] = [...rules, otherwise, ...notFirst];
  const faults: Fault[] = [];
  const check = (path: PropertyKey[], found: readonly string[], list: ReadonlySet<string>) => {
    for (const code of found) if (!list.has(code)) faults.push({ message: `there is no code "${code}"`, path });
  };
  for (const each of named) {
    for (const part of PARTS) check([each.id, part], each[part] ?? [], lists[part]);
  }
  for (const [setting, found] of Object.entries(placeTypes)) {
    check(["placeTypes"], [setting], lists.settings);
    check(["placeTypes", setting], found, types);
  }
  check(["standIns"], Object.entries(standIns).flat(), types);
  return [...faults, ...placeFaults(competence), ...endlessStandIns(standIns)];
}

const PARTS = ["forms", "settings", "harmers", "levels", "ages", "types"] as const;
type Named = Pick<CompetenceRule, "id"> & Partial<Pick<CompetenceRule, (typeof PARTS)[number]>>;

/** A rule for the place asks for what happens to be one: everywhere else nobody could be found for it. */
function placeFaults({ rules, otherwise, placeTypes }: Competence): Fault[] {
  return [...rules, otherwise].flatMap(({ id, place, settings = [], types }) => {
    const fits = settings.some((setting) => types.some((type) => placeTypes[setting]?.includes(type)));
    return !place || fits ? [] : [{ message: `${id} asks for a place that no setting has`, path: [id, "place"] }];
  });
}

function endlessStandIns(standIns: Competence["standIns"]): Fault[] {
  return Object.keys(standIns).flatMap((first) => {
    const seen = new Set<string>();
    for (let type: string | undefined = first; type !== undefined; type = standIns[type]) {
      if (seen.has(type)) return [{ message: `${type} stands in for itself in the end`, path: ["standIns", first] }];
      seen.add(type);
    }
    return [];
  });
}
