import { findInstitution } from "#institutions/index.ts";
import type { AppContext } from "#platform/http/app.ts";
import { notFound } from "#platform/http/errors.ts";
import type { DirectoryNeeds } from "./needs.ts";
import { institutionAddress } from "./registry-address.ts";
import { type PartValues, showPartChanged } from "./registry-part-changed.ts";
import { listTiedTo } from "./registry-ties.ts";
import { FIELD_LABELS, type FormRow, REGISTRY_FIELDS, sayValue, valuesOf } from "./registry-values.ts";

interface Mine {
  readonly id: string;
  readonly row: FormRow;
  /** What both saw before either changed it, where that came back. */
  readonly shown: PartValues | undefined;
}

/** What the second of two people sees who change an institution. */
export async function showChanged(c: AppContext, { db, country }: DirectoryNeeds, mine: Mine): Promise<Response> {
  const ui = c.get("ui");
  const { kept, named } = await db.read(async (reader) => {
    const found = await findInstitution(reader, mine.id);
    if (!found) throw notFound();
    return { kept: found, named: await listTiedTo(reader, [found, mine.row]) };
  });
  return showPartChanged(c, {
    theirs: valuesOf(country, kept, named),
    mine: valuesOf(country, mine.row, named),
    shown: mine.shown,
    labels: Object.fromEntries(REGISTRY_FIELDS.map((field) => [field, ui.t(FIELD_LABELS[field])])),
    say: (name, value) => sayValue({ country, ui, named }, name, value),
    // Areas are sent back as codes in the field for municipalities, which takes any code.
    sentAs: (name) => (name === "covers" ? "towns" : name),
    given: [{ name: "version", value: String(kept.version) }],
    action: institutionAddress(kept.id, "/edit"),
    back: { path: institutionAddress(kept.id), label: ui.t.local(kept.name) },
  });
}
