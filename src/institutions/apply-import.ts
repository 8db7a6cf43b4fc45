import { recordAudit } from "#audit/index.ts";
import type { LocalText } from "#messages/messages.ts";
import { randomToken } from "#platform/crypto/derive.ts";
import type { Writer } from "#platform/db/database.ts";
import type { Entry } from "./check-lines.ts";
import { insertContactPerson, updateContactPerson } from "./contact-store.ts";
import { type Kept, listIdentifiers } from "./import-store.ts";
import type { Plan } from "./plan-import.ts";
import { insertDesk, insertInstitution, updateDesk, updateInstitution } from "./store.ts";

export interface ImportedBy {
  readonly by: { readonly kind: "person"; readonly id: string } | { readonly kind: "system" };
  readonly at: number;
  /** What the desk of an institution is called when the file does not say it. */
  readonly deskName: LocalText;
}

/**
 * Writes a plan into the directory. Everything is first written without the ties between institutions, which may stand
 * anywhere in the file, and then tied.
 */
export async function applyImport(tx: Writer, plan: Plan, how: ImportedBy): Promise<void> {
  for (const entry of plan.added) await add(tx, entry, how);
  for (const { entry, kept } of plan.changed) await change(tx, entry, kept, how);
  await tie(tx, [...plan.added, ...plan.changed.map(({ entry }) => entry)]);
  await recordAudit(tx, {
    action: "directory.imported",
    by: how.by,
    subject: { kind: "directory", id: undefined },
    at: how.at,
    detail: { added: plan.added.length, changed: plan.changed.length },
  });
}

async function add(tx: Writer, entry: Entry, { at, deskName }: ImportedBy): Promise<void> {
  const id = randomToken();
  await insertInstitution(tx, { ...rowOf(entry), id, activeFrom: dayOf(entry.activeFrom) ?? at });
  const name = entry.desk === null ? deskName : { sr: entry.desk, en: deskName.en };
  await insertDesk(tx, { id: randomToken(), institutionId: id, kind: entry.type, name, fallbackId: null });
  if (entry.contact) await insertContactPerson(tx, { id: randomToken(), institutionId: id, ...entry.contact });
}

async function change(tx: Writer, entry: Entry, kept: Kept, { deskName }: ImportedBy): Promise<void> {
  const activeFrom = dayOf(entry.activeFrom);
  await updateInstitution(tx, kept.id, { ...said(rowOf(entry)), ...(activeFrom === null ? {} : { activeFrom }) });
  const { desk, contact } = entry;
  if (desk !== null && kept.deskId) await updateDesk(tx, kept.deskId, { name: { sr: desk, en: deskName.en } });
  if (contact && kept.contactId) await updateContactPerson(tx, kept.contactId, contact);
  else if (contact) await insertContactPerson(tx, { id: randomToken(), institutionId: kept.id, ...contact });
}

function rowOf(entry: Entry) {
  const { identifier, type, name, territory, covers, address, phone, hours, verifiedOn } = entry;
  return {
    identifier,
    type,
    name,
    territory,
    covers,
    address,
    phone,
    hours,
    verifiedOn,
    activeTo: dayOf(entry.activeTo),
  };
}

/** An empty cell changes nothing. */
function said<Row extends object>(row: Row): Partial<Row> {
  const kept = Object.entries(row).filter(
    ([, value]) => value !== null && !(Array.isArray(value) && value.length === 0),
  );
  // The names are the row's own.
  return Object.fromEntries(kept) as Partial<Row>;
}

function dayOf(iso: string | null): number | null {
  return iso === null ? null : Date.parse(`${iso}T00:00:00Z`);
}

async function tie(tx: Writer, entries: readonly Entry[]): Promise<void> {
  const named = entries.flatMap(({ identifier, parent, supervisor, fallback }) => [
    identifier,
    ...[parent, supervisor, fallback].filter((each) => each !== null),
  ]);
  const ids = await listIdentifiers(tx, [...new Set(named)]);
  for (const { identifier, parent, supervisor, fallback } of entries) {
    const ties = { parentId: parent, supervisorId: supervisor, fallbackId: fallback };
    const found = Object.entries(ties).flatMap(([tie, to]) => (to === null ? [] : [[tie, ids.get(to)]]));
    const id = ids.get(identifier);
    if (id && found.length > 0) await updateInstitution(tx, id, Object.fromEntries(found));
  }
}
