import { account, mayDo } from "#accounts/index.ts";
import { type Country, placeGroups, sayTerritory, sayType } from "#country/index.ts";
import { concerns, INSTITUTION_STATES, type Institution, TRIAGE } from "#institutions/index.ts";
import type { AppContext } from "#platform/http/app.ts";
import { fragment, page, wantsFragment } from "#platform/http/page.ts";
import type { Ui } from "#platform/views/ui.ts";
import type { DirectoryNeeds } from "./needs.ts";
import { institutionAddress, registryAddress } from "./registry-address.ts";
import { RegistryPageQuery, type RegistryQuery } from "./registry-forms.ts";
import { MOST_COUNTED, type RegistryPage, ROWS_A_PAGE, readRegistry, tieOfQuery } from "./registry-list.ts";
import { areaOptions, type OptionGroup } from "./registry-places.ts";
import { type RegistryRow, registryFound, registryPage } from "./registry-views.ts";
import { standingTags } from "./registry-words.ts";
import { waysOf } from "./ways.ts";

/** Shows the institutions that the address asks for; to htmx the list alone. */
export async function showRegistry(c: AppContext, { db, country, now }: DirectoryNeeds): Promise<Response> {
  const ui = c.get("ui");
  const { t } = ui;
  const asked = RegistryPageQuery.parse(c.req.query());
  const { after: _, before: __, ...query } = asked;
  const at = now();
  const read = await db.read((reader) => readRegistry(reader, { country, query: asked, at }));
  const tie = tieOfQuery(query);
  const filtered = Object.values(query).some(Boolean);
  const props = {
    ways: waysOf(c),
    found:
      read.found > MOST_COUNTED
        ? t("registry.found.more", { count: MOST_COUNTED })
        : t.count("registry.found", read.found),
    rows: read.rows.map((row) => rowOf(country, ui, { read, row, at })),
    filtered,
    fresh: !filtered && read.rows.every(({ type }) => type === TRIAGE),
    mayChange: mayDo(account.get(c).role, "directory.change"),
    clear: registryAddress(),
    rowsAPage: ROWS_A_PAGE,
    previous: read.before && registryAddress({ ...query, before: read.before }),
    next: read.after && registryAddress({ ...query, after: read.after }),
    words: query.words ?? "",
    filters: filterFields(country, ui, query),
    tie: tie && {
      name: tie.kind,
      value: tie.to,
      label: t(`registry.tied.${tie.kind}`, { name: t.local(read.named.get(tie.to)?.name ?? UNKNOWN) }),
      clear: registryAddress({ ...query, [tie.kind]: undefined }),
    },
  };
  if (wantsFragment(c)) return fragment(c, registryFound, props);
  return page(c, registryPage, props, { title: t("registry.list.title"), layout: "staff" });
}

const UNKNOWN = { sr: "?", en: "?" };

interface Shown {
  readonly read: RegistryPage;
  readonly row: Institution;
  readonly at: number;
}

function rowOf(country: Country, ui: Ui, { read, row, at }: Shown): RegistryRow {
  const { t } = ui;
  const desks = read.desks.filter(({ institutionId }) => institutionId === row.id);
  const peopleAt = (id: string) => read.people.get(id) ?? 0;
  const supervisor = row.supervisorId === null ? undefined : read.named.get(row.supervisorId);
  const standing = {
    row,
    at,
    people: desks.reduce((sum, { id }) => sum + peopleAt(id), 0),
    absence: read.absences.find((absence) => concerns(country, absence, row)),
  };
  return {
    path: institutionAddress(row.id),
    name: t.local(row.name),
    identifier: row.identifier,
    type: sayType(country, t, row.type),
    place: sayTerritory(country, t, row.territory),
    // The name of an only desk says nothing that its institution's does not.
    desks: desks.map(({ id, name }) => {
      const people = t.count("registry.people", peopleAt(id));
      return desks.length === 1 ? people : `${t.local(name)} (${people})`;
    }),
    supervisor: supervisor ? t.local(supervisor.name) : "",
    tags: standingTags(ui, standing),
  };
}

function filterFields(country: Country, ui: Ui, query: RegistryQuery) {
  const { t } = ui;
  const types = country.codeLists.institution_type.map(({ code, label }) => ({ value: code, label: t.local(label) }));
  const states = INSTITUTION_STATES.map((state) => ({ value: state, label: t(`registry.state.${state}`) }));
  const field = (name: "type" | "place" | "state", label: string, groups: readonly OptionGroup[]) => {
    return { name, label, groups, value: query[name] ?? "" };
  };
  const plain = (options: OptionGroup["options"]) => [{ label: undefined, options }];
  const places = [
    { label: t("registry.areas"), options: areaOptions(country, t).slice(1) },
    ...placeGroups(country, ui),
  ];
  return [
    field("type", t("registry.type"), plain(types)),
    field("place", t("registry.territory"), places),
    field("state", t("registry.state"), plain(states)),
  ];
}
