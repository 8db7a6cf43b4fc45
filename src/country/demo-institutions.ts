import { z } from "zod";
import type { LocalText } from "#messages/messages.ts";
import { type Country, isCode } from "./country.ts";
import { demoTemplatesSchema, spreadTemplates } from "./demo-templates.ts";
import { localTextSchema } from "./local-text.ts";
import serbian from "./serbia/demo-institutions.json" with { type: "json" };
import serbianTemplates from "./serbia/demo-templates.json" with { type: "json" };
import { municipality } from "./territories.ts";

/** An invented institution: it exists in the demonstration and nowhere else. */
export interface DemoInstitution {
  readonly identifier: string;
  /** A code of the list `institution_type`. */
  readonly type: string;
  readonly name: LocalText;
  /** The code of a municipality. */
  readonly territory: string;
  /** Further territories it answers for. */
  readonly covers?: readonly string[];
  readonly address: null;
  /** Numbers that ring nowhere, for showing how a checked one looks. */
  readonly phone?: string;
  readonly hours?: LocalText;
  readonly verifiedOn?: string;
  /** Identifiers of the bodies that supervise it and that take its work while it is away. */
  readonly supervisor?: string;
  readonly standIn?: string;
  /** `fallback` is the identifier of the institution whose desk takes over. */
  readonly desk: { readonly name: LocalText; readonly fallback?: string };
}

const PACKS: ReadonlyMap<string, { readonly written: unknown; readonly templates: unknown }> = new Map([
  ["RS", { written: serbian, templates: serbianTemplates }],
]);

/** Gives the invented institutions of a country; throws if it has none or if their data are faulty. */
export function demoInstitutions(country: Country): readonly DemoInstitution[] {
  const pack = PACKS.get(country.code);
  if (pack === undefined) throw new Error(`There are no demo institutions for "${country.code}"`);
  const written = demoSchema.parse(pack.written);
  const spread = spreadTemplates(country, demoTemplatesSchema.parse(pack.templates), written);
  return parseDemoInstitutions(country, [...written, ...spread]);
}

/** Takes data of any shape and gives demo institutions that fit the country; throws one error that lists every fault. */
export function parseDemoInstitutions(country: Country, data: unknown): readonly DemoInstitution[] {
  const result = demoSchema.safeParse(data);
  if (!result.success) throw new Error(`The demo institutions have faults:\n${z.prettifyError(result.error)}`);
  const identifiers = result.data.map(({ identifier }) => identifier);
  const faults = result.data.flatMap((institution) => faultsOf(institution, identifiers, country));
  if (faults.length > 0) throw new Error(`The demo institutions have faults:\n${faults.join("\n")}`);
  return result.data;
}

const demoSchema: z.ZodType<readonly DemoInstitution[]> = z.array(
  z.strictObject({
    identifier: z.string().regex(/^demo-[a-z0-9-]+$/),
    type: z.string(),
    name: localTextSchema,
    territory: z.string(),
    covers: z.array(z.string()).exactOptional(),
    address: z.null(),
    phone: z.string().exactOptional(),
    hours: localTextSchema.exactOptional(),
    verifiedOn: z.iso.date().exactOptional(),
    supervisor: z.string().exactOptional(),
    standIn: z.string().exactOptional(),
    desk: z.strictObject({ name: localTextSchema, fallback: z.string().exactOptional() }),
  }),
);

function faultsOf(one: DemoInstitution, identifiers: readonly string[], country: Country): string[] {
  const { identifier, type, territory, desk, supervisor, standIn } = one;
  const faults: string[] = [];
  const alike = identifiers.filter((other) => other === identifier);
  if (alike.length > 1) faults.push(`${identifier} stands here ${alike.length} times`);
  if (!isCode(country, "institution_type", type)) faults.push(`${identifier}: no institution type ${type}`);
  if (municipality(country, territory) === undefined) faults.push(`${identifier}: no municipality ${territory}`);
  const others = { "to fall back on": desk.fallback, "to stand in": standIn, "to supervise it": supervisor };
  for (const [why, named] of Object.entries(others)) {
    if (named !== undefined && (named === identifier || !identifiers.includes(named)))
      faults.push(`${identifier}: no other institution ${named} ${why}`);
  }
  return faults;
}
