import { account, mayDo } from "#accounts/index.ts";
import { dayStartIn, sayTerritory, sayType } from "#country/index.ts";
import { type Desk, TIES, TRIAGE } from "#institutions/index.ts";
import type { PlainMessageKey } from "#messages/messages.ts";
import type { AppContext } from "#platform/http/app.ts";
import { notFound } from "#platform/http/errors.ts";
import { page } from "#platform/http/page.ts";
import type { Ui } from "#platform/views/ui.ts";
import { STAND_IN } from "./find-fallback-desk.ts";
import type { DirectoryNeeds } from "./needs.ts";
import { absenceShown } from "./registry-absence-words.ts";
import { institutionAddress, registryAddress } from "./registry-address.ts";
import { type Done, type ReadInstitution, readInstitution } from "./registry-institution.ts";
import { FIELD_LABELS, type RegistryField } from "./registry-values.ts";
import { type Fact, institutionPage, type ShownContact, type ShownDesk } from "./registry-views.ts";
import { standingTags } from "./registry-words.ts";
import { waysOf } from "./ways.ts";

/** Shows everything of one institution. */
export async function showInstitution(c: AppContext, needs: DirectoryNeeds): Promise<Response> {
  const { db, country, now } = needs;
  const ui = c.get("ui");
  const { t } = ui;
  const at = now();
  const id = c.req.param("id") ?? "";
  const read = await db.read((reader) => readInstitution(reader, country, { id, at }));
  if (!read) throw notFound();
  const { row } = read;
  const props = {
    ways: waysOf(c),
    heading: t.local(row.name),
    type: sayType(country, t, row.type),
    tags: tagsOf(ui, read, at),
    path: institutionAddress(id),
    mayChange: mayDo(account.get(c).role, "directory.change"),
    isTriage: row.type === TRIAGE,
    ends: row.activeTo !== null,
    overlap: c.req.query("overlap") === "1",
    facts: factsOf(needs, ui, read),
    desks: read.desks.map((desk) => deskOf(ui, read, desk)),
    contacts: read.contacts.map((each): ShownContact => {
      const { name, role, phone } = each;
      return { name, role, phone: phone ?? undefined, path: institutionAddress(id, `/contacts/${each.id}`) };
    }),
    absences: read.absences.map((each) => absenceShown(country, ui, { absence: each, named: read.named, at, own: id })),
    below: TIES.filter((tie) => read.below[tie] > 0).map((tie) => ({
      path: registryAddress({ [tie]: id }),
      label: t.count(BELOW[tie], read.below[tie]),
    })),
    history: read.history.flatMap((done) => sayDone(ui, done)),
  };
  return page(c, institutionPage, props, { title: t("registry.title"), layout: "staff" });
}

const BELOW = {
  parent: "registry.below.parent",
  supervisor: "registry.below.supervisor",
  fallback: "registry.below.fallback",
} as const;

function tagsOf(ui: Ui, { row, people, absences }: ReadInstitution, at: number) {
  const all = [...people.values()].reduce((sum, each) => sum + each, 0);
  return standingTags(ui, { row, people: all, absence: absences.find(({ from }) => from <= at), at });
}

function factsOf({ country }: DirectoryNeeds, ui: Ui, { row, named }: ReadInstitution): readonly Fact[] {
  const { t } = ui;
  const none = t("registry.none");
  const tied = (label: PlainMessageKey, id: string | null): Fact => {
    const other = id === null ? undefined : named.get(id);
    return other
      ? { label: t(label), text: t.local(other.name), path: institutionAddress(other.id), words: true }
      : { label: t(label), text: none };
  };
  const written = (label: PlainMessageKey, text: string | null): Fact =>
    text === null ? { label: t(label), text: none } : { label: t(label), text, words: true };
  const areas = row.covers.map((code) => sayTerritory(country, t, code));
  return [
    written("registry.name.sr", row.name.sr),
    written("registry.name.en", row.name.en),
    written("registry.identifier", row.identifier),
    { label: t("registry.territory"), text: sayTerritory(country, t, row.territory) },
    { label: t("registry.covers"), text: areas.length > 0 ? areas.join(", ") : none },
    written("registry.address", row.address),
    written("registry.phone", row.phone),
    written("registry.hours", row.hours && t.local(row.hours)),
    {
      label: t("registry.verifiedOn"),
      text: row.verifiedOn ? ui.date(dayStartIn(country, row.verifiedOn)) : t("registry.notVerified"),
    },
    tied("registry.parent", row.parentId),
    tied("registry.supervisor", row.supervisorId),
    tied("registry.fallback", row.fallbackId),
    { label: t("registry.activeFrom"), text: ui.date(row.activeFrom) },
    { label: t("registry.activeTo"), text: row.activeTo === null ? none : ui.date(row.activeTo) },
  ];
}

function deskOf({ t }: Ui, read: ReadInstitution, desk: Desk): ShownDesk {
  const { people, withKey, row } = read;
  const now = sayBehind(t, read, desk.fallbackId) ?? t("registry.none");
  const proposed = sayBehind(t, read, desk.proposedFallbackId);
  return {
    name: t.local(desk.name),
    people: t.count("registry.people", people.get(desk.id) ?? 0),
    empty: !people.has(desk.id),
    hasKey: withKey.has(desk.id),
    fallback: proposed === undefined ? now : t("registry.standIn.nowAndProposed", { now, desk: proposed }),
    path: institutionAddress(row.id, `/desks/${desk.id}`),
  };
}

/** A desk behind another one, with the institution that it belongs to. */
function sayBehind(t: Ui["t"], { behind, named, row }: ReadInstitution, id: string | null): string | undefined {
  const desk = behind.get(id ?? "");
  if (!desk) return undefined;
  const home = desk.institutionId === row.id ? row : named.get(desk.institutionId);
  return home ? `${t.local(desk.name)} – ${t.local(home.name)}` : t.local(desk.name);
}

const DONE: Readonly<Record<string, PlainMessageKey>> = {
  "institution.added": "registry.did.added",
  "institution.changed": "registry.did.changed",
  "institution.contactChanged": "registry.did.contact",
  "desk.added": "registry.did.deskAdded",
  "desk.changed": "registry.did.deskChanged",
  "desk.fallbackProposed": "registry.did.fallbackProposed",
  "desk.fallbackWithdrawn": "registry.did.fallbackWithdrawn",
  "desk.fallbackConfirmed": "registry.did.fallbackConfirmed",
  "desk.fallbackRefused": "registry.did.fallbackRefused",
  "desk.keyMade": "registry.did.keyMade",
  "desk.memberAdmitted": "registry.did.admitted",
  "absence.added": "registry.did.absenceAdded",
  "absence.removed": "registry.did.absenceRemoved",
};

/** One line of what was done; what has no words here is another page's. */
function sayDone(
  { t }: Ui,
  { at, action, fields, who }: Done,
): readonly { at: number; what: string; who: string | undefined }[] {
  const key = DONE[action];
  if (key === undefined) return [];
  const changed = fields.map((field) => t(changedLabel(field))).join(", ");
  return [{ at, who, what: changed === "" ? t(key) : t("registry.did.fields", { what: t(key), fields: changed }) }];
}

function changedLabel(field: string): PlainMessageKey {
  if (field === "activeTo") return "registry.activeTo";
  if (field === STAND_IN) return "registry.desk.fallback";
  return FIELD_LABELS[field as RegistryField] ?? "registry.did.other";
}
