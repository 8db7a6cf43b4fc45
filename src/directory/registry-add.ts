import { account } from "#accounts/index.ts";
import { translator } from "#messages/messages.ts";
import type { AppContext } from "#platform/http/app.ts";
import { checkForm, formState } from "#platform/http/form.ts";
import { page, seeOther } from "#platform/http/page.ts";
import { readFields } from "#platform/http/read-body.ts";
import { addInstitution } from "./change-institution.ts";
import type { DirectoryNeeds } from "./needs.ts";
import { named, type ReadForm, readRegistryForm } from "./read-registry-form.ts";
import { institutionAddress, REGISTRY } from "./registry-address.ts";
import { institutionFields } from "./registry-fields.ts";
import { FirstDeskForm, offerCyrillic } from "./registry-forms.ts";
import { type FormField, registryForm } from "./registry-views.ts";
import { waysOf } from "./ways.ts";

/** Shows the empty form of an institution; it works from today on, and its desk has a name to begin with. */
export function showAdd(c: AppContext, needs: DirectoryNeeds): Response {
  const begun = new Map([
    ["activeFrom", [c.get("ui").isoDay(needs.now())]],
    ["desk", [deskName().sr]],
  ]);
  return answerForm(c, needs, { form: formState(begun) });
}

/** Takes a new institution with its first desk. */
export async function receiveAdd(c: AppContext, needs: DirectoryNeeds): Promise<Response> {
  const { country, db, now } = needs;
  const { t } = c.get("ui");
  const { fields, errors: letters } = offerCyrillic(await readFields(c), ["desk"]);
  const desk = checkForm(FirstDeskForm, fields);
  const asked = { country, t, at: now(), kept: undefined };
  const read = await db.read((reader) => readRegistryForm({ reader, ...asked }, fields));
  const deskErrors = [...letters, ...(desk.ok ? [] : desk.form.errors)].slice(0, 1);
  if (!read.row || !desk.ok || deskErrors.length > 0) {
    return answerForm(c, needs, { ...read, form: formState(read.fields, [...read.form.errors, ...deskErrors]) });
  }
  const own = deskName();
  const name = desk.input.desk === own.sr ? own : named(desk.input.desk, "");
  const id = await addInstitution(needs, account.get(c), { row: read.row, desk: name });
  if (id !== undefined) return seeOther(c, institutionAddress(id));
  const taken = { field: "identifier", phrase: { key: "registry.identifier.taken" } } as const;
  return answerForm(c, needs, { ...read, form: formState(read.fields, [taken]) });
}

/** What the desk of an institution is called where nobody says it. */
function deskName() {
  return { sr: translator("sr")("registry.desk.name"), en: translator("en")("registry.desk.name") };
}

function answerForm(
  c: AppContext,
  { country }: DirectoryNeeds,
  read: Pick<ReadForm, "form"> & Partial<ReadForm>,
): Response {
  const ui = c.get("ui");
  const { t } = ui;
  const failed = read.form.errors.length > 0;
  const typed = read.fields ?? new Map<string, readonly string[]>();
  const desk: FormField = {
    ...{ kind: "text", name: "desk", label: t("registry.desk.first"), optional: false },
    hint: t("registry.desk.first.hint"),
  };
  const own = institutionFields({ country, ui, kept: undefined, typed, offered: read.offered ?? {}, tiedTo: {} });
  const props = {
    ways: waysOf(c),
    back: { path: REGISTRY, label: t("registry.list.heading") },
    heading: t("registry.add"),
    lead: undefined,
    notice: undefined,
    action: `${REGISTRY}/new`,
    form: read.form,
    fields: [...own, desk],
    hidden: [],
    submit: t("registry.save"),
    remove: undefined,
  };
  return page(c, registryForm, props, {
    title: t("registry.title"),
    failed,
    status: failed ? 422 : 200,
    layout: "staff",
  });
}
