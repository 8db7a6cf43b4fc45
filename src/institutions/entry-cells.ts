import type { Column } from "./columns.ts";
import type { Entry } from "./entry.ts";

/** An institution as the cells of a file, in codes; what it does not have is left out. */
export function textCells(entry: Entry): Readonly<Partial<Record<Column, string>>> {
  const { identifier, type, name, territory, covers, address, phone, hours, contact } = entry;
  const cells: Readonly<Record<Column, string | null | undefined>> = {
    identifier,
    type,
    name: name.sr,
    name_en: name.en,
    municipality: territory,
    covers: covers.join("|"),
    address,
    phone,
    hours_sr: hours?.sr,
    hours_en: hours?.en,
    verified_on: entry.verifiedOn,
    parent: entry.parent,
    supervisor: entry.supervisor,
    fallback: entry.fallback,
    active_from: entry.activeFrom,
    active_to: entry.activeTo,
    desk: entry.desk,
    contact_role: contact?.role,
    contact_name: contact?.name,
    contact_phone: contact?.phone,
  };
  return Object.fromEntries(Object.entries(cells).filter(([, text]) => text));
}
