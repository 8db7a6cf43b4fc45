import { account, mayDo } from "#accounts/index.ts";
import { type CodeListName, type Country, codeLabel, isCode, sayType, territoryName } from "#country/index.ts";
import {
  countPlacesWithStandIns,
  findLatestCheck,
  type HoleList,
  type HolePlace,
  type KeptHole,
  listHoles,
  listHoleTypes,
  type RoutingCheck,
  routingAddress,
} from "#institutions/index.ts";
import type { Reader } from "#platform/db/database.ts";
import type { AppContext } from "#platform/http/app.ts";
import { page, seeOther } from "#platform/http/page.ts";
import type { Ui } from "#platform/views/ui.ts";
import { checkRouting } from "./check-routing.ts";
import type { DirectoryNeeds } from "./needs.ts";
import { registryAddress } from "./registry-address.ts";
import { countWithoutFallback } from "./registry-list.ts";
import { HolesQuery } from "./routing-forms.ts";
import { holesPage, type ShownKeptHole } from "./routing-views.ts";
import { waysOf } from "./ways.ts";

const HOLES_A_PAGE = 50;
const PATH = "/staff/routing/holes";

type Query = ReturnType<typeof HolesQuery.parse>;

/** What nobody answers for and for what somebody only stands in, as the latest check found it. */
export async function showHoles(c: AppContext, { country, db, now }: DirectoryNeeds): Promise<Response> {
  const ui = c.get("ui");
  const asked = HolesQuery.parse(c.req.query());
  const type = asked.type && isCode(country, "institution_type", asked.type) ? asked.type : undefined;
  const { found, withoutFallback } = await db.read(async (reader) => {
    const check = await findLatestCheck(reader);
    return {
      found: check && { check, ...(await holesOf(reader, country, check, { ...asked, type })) },
      withoutFallback: await countWithoutFallback(reader, country, now()),
    };
  });
  const address = (more: Readonly<Record<string, string | undefined>>) =>
    addressOf({ list: asked.list, type, ...more });
  const list = found?.list ?? "missing";
  const props = {
    ways: waysOf(c),
    mayCheck: mayDo(account.get(c).role, "directory.change"),
    checked: found && checkedIn(ui, found.check, now()),
    withoutFallback: { count: withoutFallback, path: registryAddress({ state: "noFallback" }) },
    list,
    lists: LISTS.map((value) => ({ value, label: ui.t(`routing.holes.list.${value}`) })),
    standIns: standInsIn(country, ui, found),
    type: type ?? "",
    types: found?.types.map((code) => ({ value: code, label: sayType(country, ui.t, code) })) ?? [],
    holes: found?.rows.map((hole) => holeIn(country, ui, hole, list)) ?? [],
    holesAPage: HOLES_A_PAGE,
    clear: addressOf({ list: asked.list }),
    previous: found?.before && address({ before: sayPlace(found.before) }),
    next: found?.after && address({ after: sayPlace(found.after) }),
  };
  return page(c, holesPage, props, { title: ui.t("routing.holes.title"), layout: "staff" });
}

const LISTS: readonly HoleList[] = ["missing", "standsIn"];

/** Checks at once and shows what was found. */
export async function receiveCheck(c: AppContext, needs: DirectoryNeeds): Promise<Response> {
  await checkRouting(needs);
  return seeOther(c, PATH);
}

/** One page of the list that is asked for; without a word that of what is missing, as long as anything is. */
async function holesOf(reader: Reader, country: Country, { id, incomplete }: RoutingCheck, query: Query) {
  const codes = country.codeLists.institution_type.map(({ code }) => code);
  const list = query.list ?? (incomplete > 0 ? "missing" : "standsIn");
  const filter = { checkId: id, list, type: query.type };
  const standInTypes = await listHoleTypes(reader, id, "standsIn", codes);
  const types = list === "standsIn" ? standInTypes : await listHoleTypes(reader, id, list, codes);
  const known = { list, types, standInTypes, standInPlaces: await countPlacesWithStandIns(reader, id) };
  const most = HOLES_A_PAGE + 1;
  const before = placeFrom(query.before);
  if (before) {
    const found = await listHoles(reader, filter, { from: before, backwards: true, most });
    const rows = found.slice(0, HOLES_A_PAGE).reverse();
    // A page towards the top that is not full begins at the top instead.
    if (found.length > HOLES_A_PAGE) return { ...known, rows, before: rows[0], after: rows.at(-1) };
  }
  const from = before ? undefined : placeFrom(query.after);
  const found = await listHoles(reader, filter, { from, most });
  const rows = found.slice(0, HOLES_A_PAGE);
  return { ...known, rows, before: from && rows[0], after: found.length > HOLES_A_PAGE ? rows.at(-1) : undefined };
}

/** A night may be lost, but not two. */
const OLD_MS = 2 * 86_400_000;

function checkedIn(ui: Ui, { at, combinations, unanswered, incomplete }: RoutingCheck, now: number) {
  return { at, moment: ui.moment(at), old: now - at > OLD_MS, combinations, unanswered, incomplete };
}

/** In how many municipalities somebody stands in, and for whom. */
function standInsIn(country: Country, ui: Ui, found: FoundHoles | undefined) {
  const types = found?.standInTypes.map((type) => sayType(country, ui.t, type)) ?? [];
  return { places: found?.standInPlaces ?? 0, types: types.join(", ") };
}

type FoundHoles = Awaited<ReturnType<typeof holesOf>>;

function holeIn(country: Country, ui: Ui, hole: KeptHole, list: HoleList): ShownKeptHole {
  const { t } = ui;
  const say = (list: CodeListName, code: string) =>
    isCode(country, list, code) ? t.local(codeLabel(country, list, code)) : code;
  const { form, setting, harmer, territory } = hole;
  return {
    territory: country.territories.some(({ code }) => code === territory)
      ? t.local(territoryName(country, territory))
      : territory,
    type: say("institution_type", hole.type),
    combinations: hole[list],
    unanswered: hole.unanswered,
    path: routingAddress({ place: territory, setting, harmer, form: [form] }),
    example: [say("violence_form", form), say("environment", setting), say("perpetrator_type", harmer)].join(" · "),
  };
}

const sayPlace = ({ territory, type }: HolePlace) => `${territory}.${type}`;

function placeFrom(text: string | undefined): HolePlace | undefined {
  const [territory, type] = text?.split(".") ?? [];
  return territory && type ? { territory, type } : undefined;
}

function addressOf(query: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(query).filter((pair): pair is [string, string] => Boolean(pair[1]));
  return given.length > 0 ? `${PATH}?${new URLSearchParams(given)}` : PATH;
}
