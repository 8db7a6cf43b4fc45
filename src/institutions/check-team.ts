import type { EntryContact } from "./entry.ts";
import { inCyrillicIfWhole } from "./file-script.ts";
import type { Fresh } from "./reading.ts";
import { searchForm } from "./search-form.ts";
import { tidyCell } from "./tidy-cell.ts";

/** Reads the name of the desk; of several desks a file cannot say which is meant. */
export function deskOf({ fresh, kept, fault }: Fresh): string | null {
  const before = kept?.entry.desk ?? null;
  if (fresh.desk === undefined) return before;
  const desk = inCyrillicIfWhole(fresh.desk);
  const written = [fresh.desk, desk];
  const desks = kept?.desks ?? [];
  if (desks.some(({ name }) => written.includes(tidyCell(name.sr)))) return before;
  if (desks.length > 1) fault("desk", "desk");
  return desk;
}

/**
 * Reads the contact person. A name that is known is that person; where there is one person only, another name takes
 * their place; beside several, a new one is added.
 */
export function contactOf({ line, fresh, kept, fault }: Fresh): EntryContact | null {
  const before = kept?.entry.contact ?? null;
  const { contact_role, contact_name, contact_phone } = line.cells;
  const isSaid = [fresh.contact_role, fresh.contact_name, fresh.contact_phone].some((text) => text !== undefined);
  if (!isSaid) return before;
  const people = kept?.contacts ?? [];
  const only = people.length === 1 ? people[0] : undefined;
  const same =
    contact_name === undefined ? only : people.find(({ name }) => searchForm(name) === searchForm(contact_name));
  const role = contact_role ?? (same ?? only)?.role ?? "";
  const phone = contact_phone ?? same?.phone ?? null;
  const next = { id: (same ?? only)?.id, role, name: contact_name ?? same?.name ?? "", phone };
  const says = (person: EntryContact | undefined) =>
    person && [person.role, person.name, person.phone ?? ""].map(tidyCell).join("\n");
  if (same && says(next) === says(same)) return before;
  if (next.name === "" || (role === "" && phone === null)) fault("contact_name", "contact");
  if (contact_phone !== undefined && contact_phone !== tidyCell(same?.phone ?? "")) {
    phoneOf(contact_phone, () => fault("contact_phone", "phone"));
  }
  return next;
}

/** Takes a number as somebody wrote it and gives it back; tells where it is none. */
export function phoneOf(text: string, wrong: () => void): string {
  if (!/^\+?\d{3,15}$/.test(text.replace(/[\s/().–-]/g, ""))) wrong();
  return text;
}
