import { areasAround, type Country, emergencyContacts, municipality } from "#country/index.ts";
import { listOpeningsOf, opensAt, stageAt } from "#institutions/index.ts";
import type { AppContext } from "#platform/http/app.ts";
import { page } from "#platform/http/page.ts";
import type { Platform } from "#platform/platform.ts";
import { finderAddress } from "./finder-address.ts";
import { findSchoolHere } from "./own-school.ts";
import { notOpenPage } from "./views.ts";

type Needs = Pick<Platform, "db" | "now"> & { readonly country: Country };

/** Says that nobody may report from a place yet, from when on, who can help until then, and whom to call. */
export async function showNotOpen(c: AppContext, needs: Needs, place: string): Promise<Response> {
  const { db, country, now } = needs;
  const ui = c.get("ui");
  const at = now();
  const openings = await db.read((reader) => listOpeningsOf(reader, areasAround(country, place)));
  const opens = opensAt(country, openings, place, { at, who: "public" });
  const known = municipality(country, place);
  const stage = stageAt(country, openings, place, at);
  const props = {
    place: known && ui.t.local(known.name),
    day: opens === undefined ? undefined : ui.date(opens),
    staff: stage === 1 || stage === 2 ? (`opening.closed.stage${stage}` as const) : undefined,
    others: (await findSchoolHere(needs)) === undefined,
    contacts: emergencyContacts(country),
    finder: finderAddress(ui, country, place),
  };
  return page(c, notOpenPage, props, { title: ui.t("journey.gone.title"), narrow: true });
}
