import { z } from "zod";
import type { LocalText } from "#messages/messages.ts";
import { type Country, isCode } from "./country.ts";
import { localTextSchema } from "./local-text.ts";
import serbian from "./serbia/demo-institutions.json" with { type: "json" };
import { municipality } from "./territories.ts";

/** An invented institution: it exists in the demonstration and nowhere else. */
export interface DemoInstitution {
  readonly identifier: string;
  /** A code of the list `institution_type`. */
  readonly type: string;
  readonly name: LocalText;
  /** The code of a municipality. */
  readonly territory: string;
  readonly address: null;
  /** `fallback` is the identifier of the institution whose desk takes over. */
  readonly desk: { readonly name: LocalText; readonly fallback?: string };
}

const PACKS: ReadonlyMap<string, unknown> = new Map([["RS", serbian]]);

/** Gives the invented institutions of a country; throws if it has none or if their data are faulty. */
export function demoInstitutions(country: Country): readonly DemoInstitution[] {
  const pack = PACKS.get(country.code);
  if (pack === undefined) throw new Error(`There are no demo institutions for "${country.code}"`);
  return parseDemoInstitutions(country, pack);
}

/** Takes data of any shape and gives demo institutions that fit the country; throws one error that lists every fault. */
export function parseDemoInstitutions(country: Country, data: unknown): readonly DemoInstitution[] {
  const result = demoSchema.safeParse(data);
  if (!result.success) throw new Error(`The demo institutions have faults:\n${z.prettifyError(result.error)}`);
  const faults = result.data.flatMap((institution) => faultsOf(institution, result.data, country));
  if (faults.length > 0) throw new Error(`The demo institutions have faults:\n${faults.join("\n")}`);
  return result.data;
}

const demoSchema: z.ZodType<readonly DemoInstitution[]> = z.array(
  z.strictObject({
    identifier: z.string().regex(/^demo-[a-z0-9-]+$/),
    type: z.string(),
    name: localTextSchema,
    territory: z.string(),
    address: z.null(),
    desk: z.strictObject({ name: localTextSchema, fallback: z.string().exactOptional() }),
  }),
);

function faultsOf(one: DemoInstitution, all: readonly DemoInstitution[], country: Country): string[] {
  const faults: string[] = [];
  const alike = all.filter((other) => other.identifier === one.identifier);
  const { fallback } = one.desk;
  if (alike.length > 1) faults.push(`${one.identifier} stands here ${alike.length} times`);
  if (!isCode(country, "institution_type", one.type)) faults.push(`${one.identifier}: no institution type ${one.type}`);
  if (municipality(country, one.territory) === undefined)
    faults.push(`${one.identifier}: no municipality ${one.territory}`);
  if (fallback !== undefined && (fallback === one.identifier || !all.some((other) => other.identifier === fallback)))
    faults.push(`${one.identifier}: no other institution ${fallback} to fall back on`);
  return faults;
}
