import { emergencyContacts, nationalLine } from "#country/index.ts";
import { findInstitution } from "#institutions/index.ts";
import type { AppContext } from "#platform/http/app.ts";
import { notFound } from "#platform/http/errors.ts";
import { page } from "#platform/http/page.ts";
import { lookAround } from "./find-institutions.ts";
import { isPublic } from "./find-places.ts";
import { foundInstitution } from "./found-institution.ts";
import type { DirectoryNeeds } from "./needs.ts";
import { institutionPage } from "./views.ts";

/** One institution for the public. Throws a `Refusal` for one that is unknown, ended, or the team that takes reports. */
export async function showInstitution(c: AppContext, { db, country, now }: DirectoryNeeds): Promise<Response> {
  const at = now();
  const found = await db.read(async (reader) => {
    const row = await findInstitution(reader, c.req.param("id") ?? "");
    if (!row || !isPublic(row, at)) return undefined;
    const supervisor = row.supervisorId ? await findInstitution(reader, row.supervisorId) : undefined;
    return { row, supervisor, around: await lookAround(reader, country, [row], at) };
  });
  if (!found) throw notFound();
  const { row, supervisor, around } = found;
  const ui = c.get("ui");
  const duty = country.duties[row.type];
  const props = {
    institution: foundInstitution(ui, country, row, around),
    duty: duty && {
      does: duty.does.map((text) => ui.t.local(text)),
      source: ui.t.local(duty.source),
      verified: duty.verified,
    },
    danger: emergencyContacts(country)[0]?.display ?? "",
    instead: nationalLine(country)?.display,
    supervisor:
      supervisor && isPublic(supervisor, at)
        ? { path: ui.href(`/find/${supervisor.id}`), label: ui.t.local(supervisor.name) }
        : undefined,
  };
  return page(c, institutionPage, props, { title: ui.t("find.title"), narrow: true });
}
