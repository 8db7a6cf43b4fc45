import { account } from "#accounts/index.ts";
import { type Desk, findInstitution, type Institution, listDesksAt, TRIAGE } from "#institutions/index.ts";
import type { Reader } from "#platform/db/database.ts";
import type { AppContext, Fields, FormState } from "#platform/http/app.ts";
import { notFound } from "#platform/http/errors.ts";
import { checkForm, fieldsFrom, formState } from "#platform/http/form.ts";
import { page, seeOther } from "#platform/http/page.ts";
import { readFields } from "#platform/http/read-body.ts";
import { addDesk, changeDesk, deskValues } from "./change-desk.ts";
import type { DirectoryNeeds } from "./needs.ts";
import { named, withoutRepetition } from "./read-registry-form.ts";
import { institutionAddress } from "./registry-address.ts";
import { DeskForm, offerCyrillic } from "./registry-forms.ts";
import { type PartValues, shownPart, showPartChanged } from "./registry-part-changed.ts";
import { registryForm } from "./registry-views.ts";
import { waysOf } from "./ways.ts";

/** Shows the form of one desk, or of a new one where the address names none. */
export async function showDesk(c: AppContext, needs: DirectoryNeeds): Promise<Response> {
  const found = await needs.db.read((reader) => findDesk(reader, c));
  const typed = fieldsFrom(found.desk ? deskValues(found.desk) : { name: "", nameEn: "" });
  return answerForm(c, { ...found, form: formState(typed), typed });
}

/** Takes a new desk, or another name of one. */
export async function receiveDesk(c: AppContext, needs: DirectoryNeeds): Promise<Response> {
  const { fields, errors: letters } = offerCyrillic(await readFields(c), ["name"]);
  const checked = checkForm(DeskForm, fields);
  const found = await needs.db.read((reader) => findDesk(reader, c));
  const { desk, institution } = found;
  const errors = withoutRepetition([
    ...letters,
    ...(checked.ok ? [] : checked.form.errors),
    ...(checked.ok && found.others.includes(checked.input.name) ? [TAKEN] : []),
  ]);
  if (!checked.ok || errors.length > 0) {
    return answerForm(c, { ...found, form: formState(fields, errors), typed: fields });
  }
  const row = { name: named(checked.input.name, checked.input.nameEn) };
  const shown = shownPart(fields);
  if (desk) {
    const theirs = await changeDesk(needs, account.get(c), { desk, row, shown });
    if (theirs) return showDeskChanged(c, { institution, theirs, mine: row, shown });
  } else if (!(await addDesk(needs, account.get(c), { institution, row }))) {
    return answerForm(c, { ...found, form: formState(fields, [TAKEN]), typed: fields });
  }
  return seeOther(c, institutionAddress(institution.id, "#desks"));
}

const TAKEN = { field: "name", phrase: { key: "registry.desk.taken" } } as const;

interface ChangedDesk {
  readonly institution: Institution;
  readonly theirs: Desk;
  readonly mine: Pick<Desk, "name">;
  readonly shown: PartValues | undefined;
}

function showDeskChanged(c: AppContext, { institution, theirs, mine, shown }: ChangedDesk): Response {
  const { t } = c.get("ui");
  return showPartChanged(c, {
    ...{ theirs: deskValues(theirs), mine: deskValues(mine), shown },
    labels: { name: t("registry.name.sr"), nameEn: t("registry.name.en") },
    say: (_, value) => value || t("registry.none"),
    action: institutionAddress(institution.id, `/desks/${theirs.id}`),
    back: { path: institutionAddress(institution.id, "#desks"), label: t.local(institution.name) },
  });
}

interface FoundDesk {
  readonly institution: Institution;
  /** Undefined for a new one. */
  readonly desk: Desk | undefined;
  /** What the institution's other desks are called. */
  readonly others: readonly string[];
}

async function findDesk(reader: Reader, c: AppContext): Promise<FoundDesk> {
  const institution = await findInstitution(reader, c.req.param("id") ?? "");
  if (!institution) throw notFound();
  const deskId = c.req.param("desk");
  if (deskId === undefined && institution.type === TRIAGE) throw notFound();
  const desks = await listDesksAt(reader, institution.id);
  const desk = desks.find(({ id }) => id === deskId);
  if (deskId !== undefined && !desk) throw notFound();
  const others = desks.filter(({ id }) => id !== deskId).map(({ name }) => name.sr);
  return { institution, desk, others };
}

interface Shown extends FoundDesk {
  readonly form: FormState;
  readonly typed: Fields;
}

function answerForm(c: AppContext, { institution, desk, form, typed }: Shown): Response {
  const { t } = c.get("ui");
  const failed = form.errors.length > 0;
  const props = {
    ways: waysOf(c),
    back: { path: institutionAddress(institution.id, "#desks"), label: t.local(institution.name) },
    heading: desk ? t("registry.desk.change") : t("registry.desk.add"),
    lead: t("registry.desk.lead"),
    notice: undefined,
    action: institutionAddress(institution.id, desk ? `/desks/${desk.id}` : "/desks"),
    form,
    fields: [
      { kind: "text", name: "name", label: t("registry.name.sr"), hint: t("registry.name.hint"), optional: false },
      { kind: "text", name: "nameEn", label: t("registry.name.en"), hint: t("registry.name.en.hint"), optional: true },
    ] as const,
    hidden: desk ? [{ name: "shown", value: JSON.stringify(shownPart(typed) ?? deskValues(desk)) }] : [],
    submit: t("registry.save"),
    remove: undefined,
  };
  const title = t("registry.title");
  return page(c, registryForm, props, { title, failed, status: failed ? 422 : 200, layout: "staff" });
}
