import { z } from "zod";
import type { Country } from "./country.ts";
import { DEADLINE_STARTS, type DeadlineRule, DUTIES } from "./deadline-rule.ts";
import { localTextSchema } from "./local-text.ts";

const length = z.union([
  z.strictObject({ minutes: z.int().positive() }),
  z.strictObject({ hours: z.int().positive() }),
  z.strictObject({ days: z.int().positive() }),
  z.strictObject({ workingDays: z.int().positive() }),
]);

const codes = z.array(z.string()).min(1).optional();

export const deadlineRulesSchema: z.ZodType<DeadlineRule[]> = z.array(
  z.strictObject({
    id: z.string().regex(/^[a-z0-9.-]+$/),
    version: z.int().positive(),
    from: z.iso.date(),
    to: z.iso.date().nullable(),
    starts: z.enum(DEADLINE_STARTS),
    duty: z.enum(DUTIES),
    types: codes,
    urgencies: codes,
    levels: codes,
    length,
    extensions: z.array(z.int().positive()).min(1).optional(),
    basis: localTextSchema,
    source: z.string().min(1),
    verified: z.boolean(),
  }),
);

type Fault = { readonly message: string; readonly path: PropertyKey[] };

/** What is wrong with the rules about time beside their shape: unknown codes, and versions that hold on the same day. */
export function deadlineFaults({ deadlineRules, codeLists }: Country): Fault[] {
  const known = {
    types: codeLists.institution_type,
    urgencies: codeLists.triage_priority,
    levels: codeLists.violence_level,
  };
  return deadlineRules.flatMap((rule, index) => {
    const found: Fault[] = [];
    for (const name of ["types", "urgencies", "levels"] as const) {
      const unknown = (rule[name] ?? []).filter((each) => !known[name].some(({ code }) => code === each));
      for (const code of unknown) found.push({ message: `${code} is none of ${name}`, path: ["deadlineRules", index] });
    }
    const before = deadlineRules.slice(0, index).filter(({ id }) => id === rule.id);
    for (const { version, from, to } of before) {
      const apart = (to !== null && to < rule.from) || (rule.to !== null && rule.to < from);
      if (version >= rule.version || !apart)
        found.push({ message: `${rule.id} ${rule.version} meets version ${version}`, path: ["deadlineRules", index] });
    }
    return found;
  });
}
