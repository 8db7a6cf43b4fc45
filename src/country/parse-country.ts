import { z } from "zod";
import { LANGUAGES } from "#messages/messages.ts";
import { type Country, codeListNames, type Territory } from "./country.ts";
import { localTextSchema } from "./local-text.ts";
import { competenceFaults, competenceSchema } from "./parse-competence.ts";
import { deadlineFaults, deadlineRulesSchema } from "./parse-deadlines.ts";
import { dutiesSchema, needsFaults, needsSchema } from "./parse-needs.ts";

/** Takes data of any shape and gives a country; throws one error that lists every fault found. */
export function parseCountry(data: unknown): Country {
  const result = countrySchema.safeParse(data);
  if (!result.success) throw new Error(`The country pack has faults:\n${z.prettifyError(result.error)}`);
  return result.data;
}

type Report = (fault: string, path?: PropertyKey[]) => void;

const languages = z
  .array(
    z.strictObject({
      tag: z.enum(LANGUAGES),
      name: z.string().min(1),
      short: z.string().min(1),
      dir: z.enum(["ltr", "rtl"]),
    }),
  )
  .min(1)
  .check(eachOnce((language) => language.tag));

/** A row of the desk's list has one line. */
const LONGEST_SHORT = 17;
const shortTextSchema = localTextSchema.refine(
  ({ sr, en }) => sr.length <= LONGEST_SHORT && en.length <= LONGEST_SHORT,
  `a short label has more than ${LONGEST_SHORT} characters`,
);

const codeList = z
  .array(
    z.strictObject({
      code: z.string().regex(/^[a-z0-9_]+$/),
      label: localTextSchema,
      short: shortTextSchema.exactOptional(),
      note: z.string().min(1).exactOptional(),
    }),
  )
  .min(1)
  .check(eachOnce((item) => item.code));

const contacts = z
  .array(
    z.strictObject({
      id: z.string().regex(/^[a-z0-9-]+$/),
      number: z.string().regex(/^\d{2,15}$/),
      display: z.string(),
      name: localTextSchema,
      shortName: localTextSchema,
      forWhom: localTextSchema,
      hours: localTextSchema.nullable(),
      cost: localTextSchema.nullable(),
      confidence: z.enum(["high", "medium", "low"]),
      source: z.string().min(1),
      verifiedOn: z.iso.date().nullable(),
      emergencyBar: z.boolean(),
      crisis: z.boolean().optional(),
    }),
  )
  .check(eachOnce((contact) => contact.id))
  .check(
    faults((all, report) => {
      if (!all.some((contact) => contact.emergencyBar)) report("no contact is marked for the emergency bar");
      all.forEach((contact, index) => {
        if (contact.display.replaceAll(" ", "") !== contact.number)
          report(`shows ${contact.display} but dials ${contact.number}`, [index, "display"]);
      });
    }),
  );

const holidays = z
  .array(z.strictObject({ date: z.iso.date(), name: localTextSchema, source: z.string().min(1) }))
  .check(
    faults((all, report) => {
      all.forEach((holiday, index) => {
        const before = all[index - 1];
        if (before !== undefined && before.date >= holiday.date)
          report(`${holiday.date} does not come after ${before.date}`, [index, "date"]);
      });
    }),
  );

const parentKind = { region: undefined, district: "region", municipality: "district" } as const;

const territories = z
  .array(
    z.strictObject({
      code: z.string().regex(/^[a-z0-9-]+$/),
      kind: z.enum(["region", "district", "municipality"]),
      name: localTextSchema,
      parent: z.string().nullable(),
      city: z.string().exactOptional(),
      official: z
        .string()
        .regex(/^[A-Z0-9]+$/)
        .exactOptional(),
      neighbours: z
        .array(z.string())
        .check(eachOnce((code) => code))
        .exactOptional(),
    }),
  )
  .check(eachOnce((territory) => territory.code))
  .check(eachOnce(({ code, official }) => official ?? code))
  .check(faults(reportWrongParents))
  .check(faults(reportWrongCities))
  .check(faults(reportWrongNeighbours));

const deskRule = z.strictObject({
  id: z.string().min(1),
  deskType: z.string().min(1),
  startsAt: z.string().min(1),
  hours: z.number().positive(),
  basis: localTextSchema,
  verified: z.boolean(),
});

const countrySchema: z.ZodType<Country> = z
  .strictObject({
    code: z.string().regex(/^[A-Z]{2}$/),
    name: localTextSchema,
    timeZone: z.string().refine(isTimeZone, "no such time zone"),
    languages,
    codeLists: z.record(z.enum(codeListNames), codeList),
    contacts,
    holidays,
    territories,
    competence: competenceSchema,
    needs: needsSchema,
    helpFirst: z.array(z.string()).min(1),
    duties: dutiesSchema,
    educationalTypes: z.array(z.string()).min(1),
    silence: z.strictObject({ days: z.int().positive(), basis: localTextSchema, verified: z.boolean() }),
    deskRules: z.array(deskRule).check(eachOnce((rule) => rule.id)),
    deadlineRules: deadlineRulesSchema,
    libraryFolder: z.string().min(1),
    leaveTo: z.url({ protocol: /^https$/ }),
  })
  .check(
    faults((country, report) => {
      const types = country.codeLists.institution_type.map((item) => item.code);
      for (const { message, path } of competenceFaults(country)) report(message, ["competence", ...path]);
      for (const { message, path } of needsFaults(country)) report(message, path);
      for (const { message, path } of deadlineFaults(country)) report(message, path);
      country.deskRules.forEach(({ deskType }, index) => {
        if (!types.includes(deskType)) report(`${deskType} is no institution type`, ["deskRules", index, "deskType"]);
      });
    }),
  );

function reportWrongParents(all: readonly Territory[], report: Report): void {
  const kindOf = new Map(all.map((territory) => [territory.code, territory.kind]));
  all.forEach(({ code, kind, parent }, index) => {
    const wanted = parentKind[kind];
    const found = parent === null ? undefined : (kindOf.get(parent) ?? "unknown territory");
    if (found !== wanted)
      report(`${code} lies in ${found ?? "nothing"}, not in ${wanted ?? "nothing"}`, [index, "parent"]);
  });
}

function reportWrongCities(all: readonly Territory[], report: Report): void {
  const byCode = new Map(all.map((territory) => [territory.code, territory]));
  all.forEach(({ code, kind, parent, city }, index) => {
    if (city === undefined) return;
    const whole = byCode.get(city);
    const isCity = whole?.kind === "municipality" && whole.city === undefined && whole.code !== code;
    if (kind !== "municipality" || !isCity || whole.parent !== parent)
      report(`${code} is no part of ${city}`, [index, "city"]);
  });
}

function reportWrongNeighbours(all: readonly Territory[], report: Report): void {
  const byCode = new Map(all.map((territory) => [territory.code, territory]));
  all.forEach(({ code, kind, neighbours = [] }, index) => {
    const say = (fault: string) => report(`${code} ${fault}`, [index, "neighbours"]);
    if (neighbours.length > 0 && kind !== "municipality") say(`has neighbours and is a ${kind}`);
    for (const each of neighbours) {
      const other = byCode.get(each);
      if (each === code) say("is its own neighbour");
      else if (other?.kind !== "municipality") say(`borders on ${each}, which is no municipality`);
      else if (!other.neighbours?.includes(code)) say(`borders on ${each}, but not the other way round`);
    }
  });
}

function eachOnce<Item>(nameOf: (item: Item) => string) {
  return faults<Item[]>((items, report) => {
    const seen = new Set<string>();
    items.forEach((item, index) => {
      if (seen.has(nameOf(item))) report(`${nameOf(item)} stands here a second time`, [index]);
      seen.add(nameOf(item));
    });
  });
}

function faults<Value>(find: (value: Value, report: Report) => void) {
  return z.superRefine<Value>((value, context) => {
    find(value, (message, path = []) => context.addIssue({ code: "custom", message, path }));
  });
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
