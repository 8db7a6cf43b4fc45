import { type Actor, type AuditFact, recordAudit, recordAudits } from "#audit/index.ts";
import { type Country, dayStartIn } from "#country/index.ts";
import { toLatin } from "#messages/latin.ts";
import { type LocalText, translator } from "#messages/messages.ts";
import { randomToken } from "#platform/crypto/derive.ts";
import type { Writer } from "#platform/db/database.ts";
import { inTurns, letOthersIn } from "#platform/jobs/in-turns.ts";
import { insertContactPerson, insertContactPersons, updateContactPerson } from "./contact-store.ts";
import type { Entry, Kept } from "./entry.ts";
import { inChunks } from "./in-chunks.ts";
import type { Change, Changed, ImportPlan } from "./plan-import.ts";
import {
  insertDesk,
  insertDesks,
  insertInstitutions,
  type NewInstitution,
  updateDesk,
  updateInstitution,
} from "./store.ts";

export interface ImportedBy {
  readonly by: Actor;
  readonly at: number;
  /** What the audit calls this import. */
  readonly importId: string;
}

interface Applying extends ImportedBy {
  readonly country: Country;
  /** The ids of institutions by their identifiers, those of the file among them. */
  readonly ids: ReadonlyMap<string, string>;
}

/**
 * Writes a plan into the directory: what is new in few statements, what changes one by one. A plan that changes nothing
 * writes nothing.
 * @param directory what the plan was made against, and what the directory still is in this transaction
 */
export async function applyImport(
  tx: Writer,
  country: Country,
  plan: ImportPlan,
  directory: readonly Kept[],
  imported: ImportedBy,
): Promise<void> {
  const { added, changed, leftOut, wrong } = plan;
  if (added.length + changed.length === 0) return;
  const ids = new Map(directory.map(({ id, entry }) => [entry.identifier, id]));
  await inTurns(giveIds(added, ids));
  const how: Applying = { ...imported, country, ids };
  await letOthersIn();
  for (const some of inChunks(added, ROWS)) {
    await add(tx, some, how);
    await letOthersIn();
  }
  for (const some of inChunks(changed, ROWS)) {
    for (const each of some) await change(tx, each, how);
    const facts = some.map((each) => changedFact(each, how));
    await recordAudits(tx, facts);
    await letOthersIn();
  }
  await recordAudit(tx, {
    action: "directory.imported",
    by: how.by,
    subject: { kind: "directory", id: how.importId },
    at: how.at,
    detail: { added: added.length, changed: changed.length, leftOut: leftOut.length + wrong },
  });
}

function* giveIds(added: readonly Entry[], ids: Map<string, string>): Generator<void, void> {
  for (const { identifier } of added) {
    ids.set(identifier, randomToken());
    yield;
  }
}

/** So few that requests hardly wait, and enough that statements are few. */
const ROWS = 20;

async function add(tx: Writer, entries: readonly Entry[], how: Applying): Promise<void> {
  await insertInstitutions(
    tx,
    entries.map((entry) => newRow(entry, how)),
  );
  await insertDesks(
    tx,
    entries.map((entry) => newDesk(entry, idOf(how, entry.identifier), how.country)),
  );
  const people = entries.flatMap(({ identifier, contact }) =>
    contact ? [{ ...contact, id: randomToken(), institutionId: idOf(how, identifier) }] : [],
  );
  await insertContactPersons(tx, people);
  await letOthersIn();
  const facts = entries.map((entry) => addedFact(entry, how));
  await recordAudits(tx, facts);
}

function newRow(entry: Entry, how: Applying): NewInstitution {
  const { identifier, type, name, territory, covers, address, phone, hours, verifiedOn } = entry;
  const dates = { activeFrom: dayOf(how, entry.activeFrom) ?? how.at, activeTo: dayOf(how, entry.activeTo) };
  const ties = {
    parentId: tieOf(how, entry.parent),
    supervisorId: tieOf(how, entry.supervisor),
    fallbackId: tieOf(how, entry.fallback),
  };
  const id = idOf(how, identifier);
  return { id, identifier, type, name, territory, covers, address, phone, hours, verifiedOn, ...dates, ...ties };
}

function newDesk({ desk, type }: Entry, institutionId: string, country: Country) {
  const name = desk === null ? usualDesk(country, type) : deskName(desk);
  return { id: randomToken(), institutionId, kind: type, name, fallbackId: null };
}

const deskName = (sr: string): LocalText => ({ sr, en: toLatin(sr) });

/** What a desk is called where the file does not say it: a school's is the team that the law asks for. */
function usualDesk({ competence }: Country, type: string): LocalText {
  const key = competence.placeTypes.education?.includes(type) ? "imports.desk.school" : "imports.desk.other";
  return { sr: translator("sr")(key), en: translator("en")(key) };
}

async function change(tx: Writer, { entry, kept, changes }: Changed, how: Applying): Promise<void> {
  const row = Object.assign({}, ...changes.map((each) => changedField(each, entry, how)));
  await updateInstitution(tx, kept.id, row);
  const isChanged = (field: Change["field"]) => changes.some((each) => each.field === field);
  if (isChanged("desk") && entry.desk !== null) {
    const [desk] = kept.desks;
    if (desk) await updateDesk(tx, desk.id, { name: deskName(entry.desk) });
    else await insertDesk(tx, newDesk(entry, kept.id, how.country));
  }
  if (isChanged("contact") && entry.contact) {
    const { id, ...person } = entry.contact;
    if (id !== undefined) await updateContactPerson(tx, id, person);
    else await insertContactPerson(tx, { ...person, id: randomToken(), institutionId: kept.id });
  }
}

/** The columns of an institution's row that a change sets; desks and people have rows of their own. */
function changedField({ field }: Change, entry: Entry, how: Applying): Partial<NewInstitution> {
  if (field === "desk" || field === "contact") return {};
  if (field === "parent" || field === "supervisor" || field === "fallback") {
    return { [`${field}Id`]: tieOf(how, entry[field]) };
  }
  if (field === "activeFrom" || field === "activeTo") return { [field]: dayOf(how, entry[field]) };
  return { [field]: entry[field] };
}

function idOf({ ids }: Applying, identifier: string): string {
  const id = ids.get(identifier);
  if (id === undefined) throw new Error("a plan names an institution that is neither in the file nor in the directory");
  return id;
}

const tieOf = (how: Applying, identifier: string | null) => (identifier === null ? null : idOf(how, identifier));

function dayOf({ country }: Applying, day: string | null): number | null {
  return day === null ? null : dayStartIn(country, day);
}

function addedFact({ identifier }: Entry, how: Applying): AuditFact {
  const subject = { kind: "institution", id: idOf(how, identifier) } as const;
  return { action: "institution.added", by: how.by, subject, at: how.at, detail: { import: how.importId } };
}

function changedFact({ kept, changes }: Changed, { by, at, importId }: Applying): AuditFact {
  const fields = changes.map(({ field }) => field).join(" ");
  const subject = { kind: "institution", id: kept.id } as const;
  return { action: "institution.changed", by, subject, at, detail: { import: importId, fields } };
}
