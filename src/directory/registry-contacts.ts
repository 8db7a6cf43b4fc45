import { account } from "#accounts/index.ts";
import { type ContactPerson, findInstitution, type Institution, listContactPersons } from "#institutions/index.ts";
import type { Reader } from "#platform/db/database.ts";
import type { AppContext, FormState } from "#platform/http/app.ts";
import { notFound } from "#platform/http/errors.ts";
import { checkForm, fieldsFrom, formState } from "#platform/http/form.ts";
import { page, seeOther } from "#platform/http/page.ts";
import { readFields } from "#platform/http/read-body.ts";
import { addContact, changeContact, contactValues, removeContact } from "./change-contact.ts";
import type { DirectoryNeeds } from "./needs.ts";
import { institutionAddress } from "./registry-address.ts";
import { ContactForm } from "./registry-forms.ts";
import { type PartValues, shownPart, showPartChanged } from "./registry-part-changed.ts";
import { registryForm } from "./registry-views.ts";
import { waysOf } from "./ways.ts";

/** Shows the form of one contact person, or of a new one where the address names none. */
export async function showContact(c: AppContext, { db }: DirectoryNeeds): Promise<Response> {
  const found = await db.read((reader) => findContact(reader, c));
  return answerForm(c, { ...found, form: formState(fieldsOf(found.contact)) });
}

/** Takes a new contact person, or a changed one. */
export async function receiveContact(c: AppContext, needs: DirectoryNeeds): Promise<Response> {
  const typed = await readFields(c);
  const checked = checkForm(ContactForm, typed);
  const shown = shownPart(typed);
  const found = await needs.db.read((reader) => findContact(reader, c));
  if (!checked.ok) return answerForm(c, { ...found, form: checked.form, shown });
  const { institution, contact } = found;
  if (contact) {
    const theirs = await changeContact(needs, account.get(c), { contact, row: checked.input, shown });
    if (theirs) return showContactChanged(c, { institution, contact }, { theirs, row: checked.input, shown });
  } else await addContact(needs, account.get(c), { institutionId: institution.id, row: checked.input });
  return seeOther(c, institutionAddress(institution.id, "#contacts"));
}

/** Removes a contact person and shows the form filled in once more, so that one press takes it back. */
export async function receiveRemoval(c: AppContext, needs: DirectoryNeeds): Promise<Response> {
  await readFields(c);
  const found = await needs.db.read((reader) => readContact(reader, c));
  if (!found) throw notFound();
  const { institution, contact } = found;
  // Pressed twice, it is gone by now.
  if (!contact) return seeOther(c, institutionAddress(institution.id, "#contacts"));
  await removeContact(needs, account.get(c), contact);
  return answerForm(c, { institution, contact: undefined, form: formState(fieldsOf(contact)), removed: true });
}

const fieldsOf = (contact: ContactPerson | undefined) =>
  fieldsFrom({ name: contact?.name ?? "", role: contact?.role ?? "", phone: contact?.phone ?? "" });

interface Found {
  readonly institution: Institution;
  /** Undefined for a new one. */
  readonly contact: ContactPerson | undefined;
}

/** The institution and the person that an address names; throws where either is not there. */
async function findContact(reader: Reader, c: AppContext): Promise<Found> {
  const found = await readContact(reader, c);
  if (!found || (found.contact === undefined && c.req.param("contact") !== undefined)) throw notFound();
  return found;
}

async function readContact(reader: Reader, c: AppContext): Promise<Found | undefined> {
  const institution = await findInstitution(reader, c.req.param("id") ?? "");
  if (!institution) return undefined;
  const contact = (await listContactPersons(reader, institution.id)).find(({ id }) => id === c.req.param("contact"));
  return { institution, contact };
}

function showContactChanged(
  c: AppContext,
  { institution, contact }: { readonly institution: Institution; readonly contact: ContactPerson },
  compared: {
    readonly theirs: PartValues;
    readonly row: Pick<ContactPerson, "name" | "role" | "phone">;
    readonly shown: PartValues | undefined;
  },
): Response {
  const { t } = c.get("ui");
  const { theirs, row, shown } = compared;
  return showPartChanged(c, {
    ...{ theirs, shown, mine: contactValues(row) },
    labels: { name: t("registry.contact.name"), role: t("registry.contact.role"), phone: t("registry.phone") },
    say: (_, value) => value || t("registry.none"),
    action: institutionAddress(institution.id, `/contacts/${contact.id}`),
    back: { path: institutionAddress(institution.id, "#contacts"), label: t.local(institution.name) },
  });
}

interface Shown extends Found {
  readonly form: FormState;
  /** What the form said when it was first shown. */
  readonly shown?: PartValues | undefined;
  readonly removed?: boolean;
}

function answerForm(c: AppContext, { institution, contact, form, shown, removed = false }: Shown): Response {
  const { t } = c.get("ui");
  const failed = form.errors.length > 0;
  const action = institutionAddress(institution.id, contact ? `/contacts/${contact.id}` : "/contacts");
  const props = {
    ways: waysOf(c),
    back: { path: institutionAddress(institution.id, "#contacts"), label: t.local(institution.name) },
    heading: contact ? t("registry.contact.change") : t("registry.contact.add"),
    lead: t("registry.contacts.hint"),
    notice: removed ? t("registry.contact.removed") : undefined,
    action,
    form,
    fields: [
      { kind: "text", name: "name", label: t("registry.contact.name"), hint: undefined, optional: false },
      {
        kind: "text",
        name: "role",
        label: t("registry.contact.role"),
        hint: t("registry.contact.role.hint"),
        optional: true,
      },
      { kind: "text", name: "phone", label: t("registry.phone"), hint: undefined, optional: true },
    ] as const,
    hidden: contact ? [{ name: "shown", value: JSON.stringify(shown ?? contactValues(contact)) }] : [],
    submit: removed ? t("registry.contact.undo") : t("registry.save"),
    remove: contact ? { action: `${action}/remove`, label: t("registry.contact.remove") } : undefined,
  };
  const title = t("registry.title");
  return page(c, registryForm, props, { title, failed, status: failed ? 422 : 200, layout: "staff" });
}
