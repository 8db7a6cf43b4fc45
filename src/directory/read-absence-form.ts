import type { z } from "zod";
import { type Country, dayStartIn } from "#country/index.ts";
import type { AppContext, Fields, FormState } from "#platform/http/app.ts";
import { checkForm, formState } from "#platform/http/form.ts";
import type { Option } from "#platform/views/parts.ts";
import type { DirectoryNeeds } from "./needs.ts";
import { withoutRepetition } from "./read-registry-form.ts";
import { findTie } from "./registry-ties.ts";

/** The longest absence: a year that was mistyped must not silence a town for decades. */
const LONGEST_MS = 400 * 86_400_000;

interface Days {
  readonly from: string;
  readonly to: string;
}

interface Asked<Input extends Days> {
  readonly schema: z.ZodType<Input>;
  readonly typed: Fields;
  /** The institution that is away, which cannot stand in for itself. */
  readonly whose?: string;
}

export type ReadAbsence<Input> =
  | {
      readonly ok: true;
      readonly input: Input;
      readonly period: { readonly from: number; readonly to: number; readonly fallbackId: string | null };
    }
  | { readonly ok: false; readonly form: FormState; readonly offered: readonly Option[] };

/** Reads the days of an absence, both included, and who takes the work. */
export async function readAbsenceForm<Input extends Days>(
  c: AppContext,
  { db, country, now }: DirectoryNeeds,
  { schema, typed, whose }: Asked<Input>,
): Promise<ReadAbsence<Input>> {
  const { t } = c.get("ui");
  const at = now();
  const checked = checkForm(schema, typed, ["types"]);
  const tie = await db.read((reader) => findTie({ reader, country, t, at }, typed, "fallback"));
  const period = checked.ok ? periodOf(country, checked.input) : undefined;
  const errors = withoutRepetition([
    ...(checked.ok ? [] : checked.form.errors),
    ...(period ? periodErrors(period, at) : []),
    ...(tie.error ? [{ field: "fallback", phrase: tie.error }] : []),
    ...(tie.hit && tie.hit.id === whose
      ? [{ field: "fallback", phrase: { key: "registry.tie.itself" } as const }]
      : []),
  ]);
  if (!checked.ok || !period || errors.length > 0)
    return { ok: false, form: formState(typed, errors), offered: tie.offered };
  return { ok: true, input: checked.input, period: { ...period, fallbackId: tie.hit?.id ?? null } };
}

/** From the first moment of the first day to the last of the last one, in the country's time. */
function periodOf(country: Country, { from, to }: Days) {
  const dayAfter = new Date(Date.parse(`${to}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  return { from: dayStartIn(country, from), to: dayStartIn(country, dayAfter) };
}

function periodErrors({ from, to }: { readonly from: number; readonly to: number }, at: number): FormState["errors"] {
  if (to <= from) return [{ field: "to", phrase: { key: "registry.absence.backwards" } }];
  if (to <= at) return [{ field: "to", phrase: { key: "registry.absence.over" } }];
  return to - from > LONGEST_MS ? [{ field: "to", phrase: { key: "registry.absence.tooLong" } }] : [];
}
