import { type Country, municipality, nationalLine, placeGroups, WHOLE_COUNTRY } from "#country/index.ts";
import { phrase } from "#messages/messages.ts";
import type { AppContext, FormState } from "#platform/http/app.ts";
import { fieldsFrom, formState } from "#platform/http/form.ts";
import { page } from "#platform/http/page.ts";
import type { Option, PagerLink } from "#platform/views/parts.ts";
import type { Ui } from "#platform/views/ui.ts";
import { FOUND_A_PAGE, type Found, findInstitutions } from "./find-institutions.ts";
import { callsFor, type Wanted, wantedIn } from "./find-places.ts";
import { foundInstitution } from "./found-institution.ts";
import type { DirectoryNeeds } from "./needs.ts";
import { finderPage } from "./views.ts";

/** Asks for a place and a need, and shows who answers; the address holds their codes and nothing else. */
export async function showFinder(c: AppContext, needs: DirectoryNeeds): Promise<Response> {
  const { country, db, now } = needs;
  const query = c.req.query();
  const wanted = wantedIn(country, query);
  const after = query.after;
  const found = wanted && (await db.read((reader) => findInstitutions(reader, country, wanted, { at: now(), after })));
  const form = formOf(query, wanted);
  const failed = form.errors.length > 0;
  const ui = c.get("ui");
  const props = {
    form,
    // On a phone what was found would lie below the screen.
    action: ui.href("/find#results"),
    groups: placeGroups(country, ui),
    unknown: [{ value: WHOLE_COUNTRY, label: ui.t("find.place.unknown") }],
    needs: needOptions(country, ui),
    results: wanted && found && resultsOf(ui, country, wanted, found, after),
  };
  return page(c, finderPage, props, { title: ui.t("find.title"), failed, status: failed ? 422 : 200, narrow: true });
}

/** Whoever comes for the first time has chosen nothing wrong. */
function formOf({ place, need }: Readonly<Record<string, string>>, wanted: Wanted | undefined): FormState {
  const fields = fieldsFrom({ place, need });
  const asked = place !== undefined || need !== undefined;
  return formState(fields, asked && !wanted ? [{ field: "place", phrase: phrase("find.place.missing") }] : []);
}

function needOptions({ needs }: Country, { t }: Ui): readonly Option[] {
  return needs.map(({ id, label }) => ({ value: String(id), label: t.local(label) }));
}

function resultsOf(ui: Ui, country: Country, wanted: Wanted, found: Found, after: string | undefined) {
  const place = municipality(country, wanted.place);
  const here = found.here.map((row) => foundInstitution(ui, country, row, found));
  const near = found.near.map((row) => foundInstitution(ui, country, row, found));
  const isUnchecked = [...here, ...near].some(({ phone }) => phone === undefined);
  return {
    place: ui.t.local((place ?? country).name),
    calls: callsFor(country, wanted.need),
    instead: isUnchecked ? nationalLine(country)?.display : undefined,
    here,
    near,
    before: after === undefined ? undefined : linkTo(ui, wanted, undefined, ui.t("find.first")),
    next:
      found.next === undefined ? undefined : linkTo(ui, wanted, found.next, ui.t("find.next", { count: FOUND_A_PAGE })),
  };
}

function linkTo(ui: Ui, { place, need }: Wanted, after: string | undefined, label: string): PagerLink {
  const query = { place, ...(need ? { need: String(need.id) } : {}), ...(after ? { after } : {}) };
  return { path: ui.href(`/find?${new URLSearchParams(query)}#results`), label };
}
