import { z } from "zod";
import type { Country, Duty, Need } from "./country.ts";
import { localTextSchema } from "./local-text.ts";

const codes = z.array(z.string()).min(1);

export const needsSchema: z.ZodType<readonly Need[]> = z
  .array(
    z.strictObject({
      id: z.int().positive(),
      label: localTextSchema,
      types: codes,
      contacts: codes,
    }),
  )
  .min(1);

export const dutiesSchema: z.ZodType<Readonly<Record<string, Duty>>> = z.record(
  z.string(),
  z.strictObject({
    does: z.array(localTextSchema).min(3).max(5),
    source: localTextSchema,
    verified: z.boolean(),
  }),
);

interface Fault {
  readonly message: string;
  readonly path: PropertyKey[];
}

type Named = Pick<Country, "needs" | "helpFirst" | "duties" | "educationalTypes" | "contacts" | "codeLists">;

/** Takes a country and lists what its needs and duties name that it does not have, and which types say no duty. */
export function needsFaults({ needs, helpFirst, duties, educationalTypes, contacts, codeLists }: Named): Fault[] {
  const types = new Set(codeLists.institution_type.map(({ code }) => code));
  const numbers = new Set(contacts.map(({ id }) => id));
  const faults: Fault[] = [];
  const check = (path: PropertyKey[], found: readonly string[], known: ReadonlySet<string>) => {
    for (const code of found) if (!known.has(code)) faults.push({ message: `there is no "${code}"`, path });
  };
  needs.forEach(({ id, ...need }, index) => {
    if (needs.findIndex((other) => other.id === id) < index)
      faults.push({ message: `the need ${id} stands here a second time`, path: ["needs", index] });
    check(["needs", index, "types"], need.types, types);
    check(["needs", index, "contacts"], need.contacts, numbers);
  });
  check(["helpFirst"], helpFirst, types);
  check(["duties"], Object.keys(duties), types);
  check(["educationalTypes"], educationalTypes, types);
  const silent = [...types].filter((type) => type !== "triage" && !Object.hasOwn(duties, type));
  return [...faults, ...silent.map((type) => ({ message: `nothing says what ${type} does`, path: ["duties"] }))];
}
