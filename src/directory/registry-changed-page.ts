import type { Country } from "#country/index.ts";
import { findInstitution, type Institution, listInstitutions } from "#institutions/index.ts";
import type { Translate } from "#messages/messages.ts";
import type { AppContext } from "#platform/http/app.ts";
import { notFound } from "#platform/http/errors.ts";
import { page } from "#platform/http/page.ts";
import type { DirectoryNeeds } from "./needs.ts";
import type { FormRow } from "./read-registry-form.ts";
import { institutionAddress } from "./registry-address.ts";
import {
  differing,
  FIELD_LABELS,
  REGISTRY_FIELDS,
  type RegistryField,
  sayValue,
  type Values,
  valuesOf,
} from "./registry-values.ts";
import { type Difference, registryChanged } from "./registry-views.ts";
import { waysOf } from "./ways.ts";

interface Mine {
  readonly id: string;
  readonly row: FormRow;
  readonly tied: readonly Institution[];
  /** What both saw before either changed it, where that came back. */
  readonly shown: Values | undefined;
}

/**
 * What the second of two people sees: each value that differs, theirs and their own, to choose from. Chosen to begin with
 * is what somebody has changed, so that an untouched field takes nothing back.
 */
export async function showChanged(c: AppContext, needs: DirectoryNeeds, mine: Mine): Promise<Response> {
  const { t } = c.get("ui");
  const { kept, named } = await needs.db.read(async (reader) => {
    const found = await findInstitution(reader, mine.id);
    if (!found) throw notFound();
    const ids = [found.parentId, found.supervisorId, found.fallbackId].filter((id) => id !== null);
    const tied = [...(await listInstitutions(reader, ids)), ...mine.tied];
    return { kept: found, named: new Map(tied.map((each) => [each.id, each])) };
  });
  const values = {
    theirs: valuesOf(needs.country, kept, named),
    mine: valuesOf(needs.country, mine.row, named),
    shown: mine.shown,
  };
  const differ = differing(values.theirs, values.mine);
  const props = {
    ways: waysOf(c),
    back: { path: institutionAddress(kept.id), label: t.local(kept.name) },
    action: institutionAddress(kept.id, "/edit"),
    differences: differ.map((field) => differenceOf({ country: needs.country, t, named }, field, values)),
    hidden: [
      { name: "version", value: String(kept.version) },
      { name: "shown", value: JSON.stringify(values.theirs) },
      ...REGISTRY_FIELDS.filter((field) => !differ.includes(field)).map((field) => {
        return { name: sentAs(field), value: values.theirs[field] };
      }),
    ],
  };
  return page(c, registryChanged, props, { title: t("registry.title"), status: 409, layout: "staff" });
}

/** Areas are sent back as codes in the field for municipalities, which takes any code. */
const sentAs = (field: RegistryField) => (field === "covers" ? "towns" : field);

interface Compared {
  readonly theirs: Values;
  readonly mine: Values;
  readonly shown: Values | undefined;
}

function differenceOf(
  said: { readonly country: Country; readonly t: Translate; readonly named: ReadonlyMap<string, Institution> },
  field: RegistryField,
  { theirs, mine, shown }: Compared,
): Difference {
  const say = (value: string) => ({ value, said: sayValue(said, field, value) });
  return {
    name: sentAs(field),
    label: said.t(FIELD_LABELS[field]),
    theirs: say(theirs[field]),
    mine: say(mine[field]),
    choose: shown !== undefined && shown[field] === mine[field] ? "theirs" : "mine",
  };
}
