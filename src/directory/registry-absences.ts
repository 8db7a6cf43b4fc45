import { account, mayDo } from "#accounts/index.ts";
import { type Country, placeGroups, sayType } from "#country/index.ts";
import {
  type AbsenceRow,
  findAbsence,
  findInstitution,
  type Institution,
  listAbsences,
  listInstitutions,
  TRIAGE,
} from "#institutions/index.ts";
import type { Reader } from "#platform/db/database.ts";
import type { AppContext, Fields, FormState } from "#platform/http/app.ts";
import { notFound } from "#platform/http/errors.ts";
import { formState } from "#platform/http/form.ts";
import { page, seeOther } from "#platform/http/page.ts";
import { readFields } from "#platform/http/read-body.ts";
import type { Option } from "#platform/views/parts.ts";
import { addAbsence, removeAbsence } from "./change-absence.ts";
import type { DirectoryNeeds } from "./needs.ts";
import { readAbsenceForm } from "./read-absence-form.ts";
import { absenceShown } from "./registry-absence-words.ts";
import { ABSENCES, institutionAddress, registryAddress } from "./registry-address.ts";
import { dateField, tieField } from "./registry-fields.ts";
import { AbsenceForm, AbsenceQuery, absencesForm, formTypes } from "./registry-forms.ts";
import { areaOptions } from "./registry-places.ts";
import { absencesPage, type FormField, registryForm } from "./registry-views.ts";
import { waysOf } from "./ways.ts";

const ROWS_A_PAGE = 50;
const EMPTY: Fields = new Map();

interface Shown {
  readonly form: FormState;
  readonly typed: Fields;
  readonly offered: readonly Option[];
}
const BEGUN: Shown = { form: formState(EMPTY), typed: EMPTY, offered: [] };

/** Shows all absences, those that run or are to come first, with the form for those of whole types. */
export async function showAbsences(c: AppContext, needs: DirectoryNeeds, shown = BEGUN): Promise<Response> {
  const { db, country, now } = needs;
  const ui = c.get("ui");
  const { t } = ui;
  const query = AbsenceQuery.parse(c.req.query());
  const past = query.past === "1";
  const at = now();
  const { rows, next, named } = await db.read((reader) => readPage(reader, { at, past, after: query.after }));
  const failed = shown.form.errors.length > 0;
  const props = {
    ways: waysOf(c),
    tabs: [
      { path: ABSENCES, label: t("registry.absences.coming"), current: !past },
      { path: registryAddress({ past: "1" }, ABSENCES), label: t("registry.absences.past"), current: past },
    ],
    past,
    absences: rows.map((absence) => absenceShown(country, ui, { absence, named, at })),
    next: next && registryAddress({ past: query.past, after: next }, ABSENCES),
    rowsAPage: ROWS_A_PAGE,
    mayChange: mayDo(account.get(c).role, "directory.change"),
    overlap: c.req.query("overlap") === "1",
    action: ABSENCES,
    form: shown.form,
    fields: typeFields(c, country, shown),
    hidden: [],
    submit: t("registry.absence.add"),
  };
  const title = t("registry.absences.title");
  return page(c, absencesPage, props, { title, failed, status: failed ? 422 : 200, layout: "staff" });
}

async function readPage(
  reader: Reader,
  { at, past, after }: { readonly at: number; readonly past: boolean; readonly after: string | undefined },
) {
  const from = after === undefined ? undefined : await findAbsence(reader, after);
  const found = await listAbsences(reader, { at, past, after: from, most: ROWS_A_PAGE + 1 });
  const rows = found.slice(0, ROWS_A_PAGE);
  const ids = rows.flatMap(({ institutionId, fallbackId }) => [institutionId, fallbackId]);
  const named = await listInstitutions(
    reader,
    ids.filter((id) => id !== null),
  );
  const next = found.length > ROWS_A_PAGE ? rows.at(-1)?.id : undefined;
  return { rows, next, named: new Map(named.map((each) => [each.id, each])) };
}

/** Takes an absence of all institutions of some types. */
export async function receiveAbsences(c: AppContext, needs: DirectoryNeeds): Promise<Response> {
  const typed = await readFields(c);
  const read = await readAbsenceForm(c, needs, { schema: absencesForm(needs.country), typed });
  if (!read.ok) return showAbsences(c, needs, { ...read, typed });
  const { types, territory } = read.input;
  const overlaps = await addAbsence(needs, account.get(c), { types, territory }, read.period);
  return seeOther(c, registryAddress({ overlap: overlaps ? "1" : undefined }, ABSENCES));
}

/** Shows the form for an absence of one institution. */
export async function showAbsence(c: AppContext, { db }: DirectoryNeeds): Promise<Response> {
  return answerAbsence(c, await db.read((reader) => findAway(reader, c)), BEGUN);
}

/** Takes an absence of one institution. */
export async function receiveAbsence(c: AppContext, needs: DirectoryNeeds): Promise<Response> {
  const typed = await readFields(c);
  const institution = await needs.db.read((reader) => findAway(reader, c));
  const read = await readAbsenceForm(c, needs, { schema: AbsenceForm, typed, whose: institution.id });
  if (!read.ok) return answerAbsence(c, institution, { ...read, typed });
  const overlaps = await addAbsence(needs, account.get(c), { institutionId: institution.id }, read.period);
  return seeOther(c, `${institutionAddress(institution.id)}${overlaps ? "?overlap=1" : ""}#absences`);
}

/** Removes an absence and leads back to where it stood. */
export async function receiveAbsenceRemoval(c: AppContext, needs: DirectoryNeeds): Promise<Response> {
  await readFields(c);
  const removed: AbsenceRow | undefined = await removeAbsence(needs, account.get(c), c.req.param("absence") ?? "");
  const own = removed?.institutionId ?? undefined;
  return seeOther(c, own === undefined ? ABSENCES : institutionAddress(own, "#absences"));
}

/** The team that receives every report is never absent: its fallback desk opens the same. */
async function findAway(reader: Reader, c: AppContext): Promise<Institution> {
  const institution = await findInstitution(reader, c.req.param("id") ?? "");
  if (!institution || institution.type === TRIAGE) throw notFound();
  return institution;
}

function periodFields(c: AppContext, { typed, offered }: Shown): readonly FormField[] {
  const { t } = c.get("ui");
  const hint = t("registry.absence.fallback.hint");
  return [
    dateField({ name: "from", label: t("registry.absence.from"), hint: t("registry.day.hint"), optional: false }),
    dateField({ name: "to", label: t("registry.absence.to"), hint: t("registry.absence.to.hint"), optional: false }),
    tieField(typed, { name: "fallback", label: t("registry.fallback"), hint, offered }),
  ];
}

function typeFields(c: AppContext, country: Country, shown: Shown): readonly FormField[] {
  const ui = c.get("ui");
  const { t } = ui;
  const types = formTypes(country).map((code) => ({ value: code, label: sayType(country, t, code) }));
  const areas = { label: t("registry.areas"), options: areaOptions(country, t) };
  return [
    {
      ...{ kind: "boxes", name: "types", label: t("registry.absence.types"), hint: undefined, optional: false },
      groups: [{ label: undefined, options: types }],
    },
    {
      ...{
        kind: "select",
        name: "territory",
        label: t("registry.absence.territory"),
        hint: undefined,
        optional: false,
      },
      groups: [areas, ...placeGroups(country, ui)],
    },
    ...periodFields(c, shown),
  ];
}

function answerAbsence(c: AppContext, { id, name }: Institution, shown: Shown): Response {
  const { t } = c.get("ui");
  const failed = shown.form.errors.length > 0;
  const props = {
    ways: waysOf(c),
    back: { path: institutionAddress(id, "#absences"), label: t.local(name) },
    heading: t("registry.absence.add"),
    lead: t("registry.absence.lead"),
    notice: undefined,
    action: institutionAddress(id, "/absences"),
    form: shown.form,
    fields: periodFields(c, shown),
    hidden: [],
    submit: t("registry.save"),
    remove: undefined,
  };
  const title = t("registry.title");
  return page(c, registryForm, props, { title, failed, status: failed ? 422 : 200, layout: "staff" });
}
