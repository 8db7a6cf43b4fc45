import { account } from "#accounts/index.ts";
import { findInstitution, type Institution, TIES } from "#institutions/index.ts";
import type { Reader } from "#platform/db/database.ts";
import type { AppContext, FormState } from "#platform/http/app.ts";
import { notFound } from "#platform/http/errors.ts";
import { fieldsFrom, formState } from "#platform/http/form.ts";
import { page, seeOther } from "#platform/http/page.ts";
import { readFields } from "#platform/http/read-body.ts";
import { type Change, changeInstitution, type Fixed } from "./change-institution.ts";
import type { DirectoryNeeds } from "./needs.ts";
import { type ReadForm, readRegistryForm } from "./read-registry-form.ts";
import { institutionAddress } from "./registry-address.ts";
import { showChanged } from "./registry-changed-page.ts";
import { fieldsFromValues, institutionFields } from "./registry-fields.ts";
import { type PartValues, shownPart } from "./registry-part-changed.ts";
import { listTiedTo } from "./registry-ties.ts";
import { valuesOf } from "./registry-values.ts";
import { registryForm } from "./registry-views.ts";
import { waysOf } from "./ways.ts";

/** Shows the form of an institution with what stands there. */
export async function showEdit(c: AppContext, needs: DirectoryNeeds): Promise<Response> {
  const { kept, named } = await needs.db.read((reader) => findKept(reader, idOf(c)));
  const values = valuesOf(needs.country, kept, named);
  const words = { country: needs.country, ui: c.get("ui") };
  const shown = { kept, named, values, version: kept.version };
  return answerForm(c, needs, shown, { form: formState(fieldsFrom(fieldsFromValues(words, values))) });
}

/** Takes a changed institution; whoever comes second sees what both say. */
export async function receiveEdit(c: AppContext, needs: DirectoryNeeds): Promise<Response> {
  const typed = await readFields(c);
  const { country, db, now } = needs;
  const { t } = c.get("ui");
  const version = Number(typed.get("version")?.[0]);
  const { kept, named, read } = await db.read(async (reader) => {
    const found = await findKept(reader, idOf(c));
    return { ...found, read: await readRegistryForm({ reader, country, t, at: now(), kept: found.kept }, typed) };
  });
  const values = valuesOf(country, kept, named);
  const shown = { kept, named, values: shownPart(typed) ?? values, version };
  if (!read.row) return answerForm(c, needs, shown, read);
  const outcome = await changeInstitution(needs, account.get(c), { id: kept.id, version, row: read.row });
  if (outcome === "missing") throw notFound();
  if (outcome === "done") return seeOther(c, institutionAddress(kept.id));
  if (outcome !== "changed-meanwhile") return answerForm(c, needs, shown, withError(read, outcome));
  return showChanged(c, needs, { id: kept.id, row: read.row, shown: shownPart(typed) });
}

const idOf = (c: AppContext) => c.req.param("id") ?? "";

async function findKept(reader: Reader, id: string) {
  const kept = await findInstitution(reader, id);
  if (!kept) throw notFound();
  return { kept, named: await listTiedTo(reader, [kept]) };
}

const REFUSALS = {
  taken: { field: "identifier", phrase: { key: "registry.identifier.taken" } },
  "circle.parent": { field: "parent", phrase: { key: "registry.tie.circle" } },
  "circle.supervisor": { field: "supervisor", phrase: { key: "registry.tie.circle" } },
} as const satisfies Readonly<
  Record<Exclude<Change, "done" | "missing" | "changed-meanwhile" | Fixed>, FormState["errors"][number]>
>;

function withError(read: ReadForm, outcome: keyof typeof REFUSALS | Fixed): ReadForm {
  return { ...read, form: formState(read.fields, [isFixed(outcome) ? fixedError(outcome) : REFUSALS[outcome]]) };
}

const isFixed = (outcome: Change): outcome is Fixed => outcome.startsWith("fixed.");

function fixedError(outcome: Fixed): FormState["errors"][number] {
  return { field: outcome.slice("fixed.".length), phrase: { key: "registry.triage.fixed" } };
}

interface Shown {
  readonly kept: Institution;
  readonly named: ReadonlyMap<string, Institution>;
  /** What the form said when it was first shown. */
  readonly values: PartValues;
  readonly version: number;
}

function answerForm(
  c: AppContext,
  { country }: DirectoryNeeds,
  { kept, named, values, version }: Shown,
  read: Pick<ReadForm, "form"> & Partial<ReadForm>,
): Response {
  const ui = c.get("ui");
  const { t } = ui;
  const failed = read.form.errors.length > 0;
  const typed = read.fields ?? new Map<string, readonly string[]>();
  const tiedTo = TIES.flatMap((tie) => {
    const other = named.get(kept[`${tie}Id`] ?? "");
    return other ? [[tie, t.local(other.name)]] : [];
  });
  const props = {
    ways: waysOf(c),
    back: { path: institutionAddress(kept.id), label: t.local(kept.name) },
    heading: t("registry.edit"),
    lead: undefined,
    notice: undefined,
    action: institutionAddress(kept.id, "/edit"),
    form: read.form,
    fields: institutionFields({
      ...{ country, ui, kept, typed, offered: read.offered ?? {} },
      tiedTo: Object.fromEntries(tiedTo),
    }),
    hidden: [
      { name: "version", value: String(version) },
      { name: "shown", value: JSON.stringify(values) },
    ],
    submit: t("registry.save"),
    remove: undefined,
  };
  const title = t("registry.title");
  return page(c, registryForm, props, { title, failed, status: failed ? 422 : 200, layout: "staff" });
}
