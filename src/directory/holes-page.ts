import { account, mayDo } from "#accounts/index.ts";
import { type CodeListName, type Country, codeLabel, isCode, territoryName } from "#country/index.ts";
import {
  findLatestCheck,
  type HolePlace,
  type KeptHole,
  listHoles,
  listMissingTypes,
  type RoutingCheck,
  routingAddress,
} from "#institutions/index.ts";
import type { Reader } from "#platform/db/database.ts";
import type { AppContext } from "#platform/http/app.ts";
import { page, seeOther } from "#platform/http/page.ts";
import type { Ui } from "#platform/views/ui.ts";
import { checkRouting } from "./check-routing.ts";
import type { DirectoryNeeds } from "./needs.ts";
import { HolesQuery } from "./routing-forms.ts";
import { holesPage, type ShownKeptHole } from "./routing-views.ts";
import { sayType } from "./routing-words.ts";
import { waysOf } from "./ways.ts";

const HOLES_A_PAGE = 50;
const PATH = "/staff/routing/holes";

type Query = ReturnType<typeof HolesQuery.parse>;

/** What nobody answers for, as the latest check found it. */
export async function showHoles(c: AppContext, { country, db }: DirectoryNeeds): Promise<Response> {
  const ui = c.get("ui");
  const asked = HolesQuery.parse(c.req.query());
  const query = {
    ...asked,
    type: asked.type && isCode(country, "institution_type", asked.type) ? asked.type : undefined,
  };
  const found = await db.read(async (reader) => {
    const check = await findLatestCheck(reader);
    return check && { check, ...(await holesOf(reader, country, check, query)) };
  });
  const address = (more: Readonly<Record<string, string | undefined>>) => addressOf({ type: query.type, ...more });
  const props = {
    ways: waysOf(c),
    mayCheck: mayDo(account.get(c).role, "directory.change"),
    checked: found && checkedIn(ui, found.check),
    type: query.type ?? "",
    types: found?.types.map((type) => ({ value: type, label: sayType(country, ui, type) })) ?? [],
    holes: found?.rows.map((hole) => holeIn(country, ui, hole)) ?? [],
    holesAPage: HOLES_A_PAGE,
    clear: PATH,
    previous: found?.before && address({ before: sayPlace(found.before) }),
    next: found?.after && address({ after: sayPlace(found.after) }),
  };
  return page(c, holesPage, props, { title: ui.t("routing.holes.title"), layout: "staff" });
}

/** Checks at once and shows what was found. */
export async function receiveCheck(c: AppContext, needs: DirectoryNeeds): Promise<Response> {
  await checkRouting(needs);
  return seeOther(c, PATH);
}

async function holesOf(reader: Reader, country: Country, { id }: RoutingCheck, query: Query) {
  const codes = country.codeLists.institution_type.map(({ code }) => code);
  const filter = { checkId: id, type: query.type };
  const types = await listMissingTypes(reader, id, codes);
  const most = HOLES_A_PAGE + 1;
  const before = placeFrom(query.before);
  if (before) {
    const found = await listHoles(reader, filter, { from: before, backwards: true, most });
    const rows = found.slice(0, HOLES_A_PAGE).reverse();
    // A page towards the top that is not full begins at the top instead.
    if (found.length > HOLES_A_PAGE) return { types, rows, before: rows[0], after: rows.at(-1) };
  }
  const from = before ? undefined : placeFrom(query.after);
  const found = await listHoles(reader, filter, { from, most });
  const rows = found.slice(0, HOLES_A_PAGE);
  return { types, rows, before: from && rows[0], after: found.length > HOLES_A_PAGE ? rows.at(-1) : undefined };
}

function checkedIn(ui: Ui, { at, combinations, unanswered, incomplete }: RoutingCheck) {
  return { at, moment: ui.moment(at), combinations, unanswered, incomplete };
}

function holeIn(country: Country, ui: Ui, hole: KeptHole): ShownKeptHole {
  const { t } = ui;
  const say = (list: CodeListName, code: string) =>
    isCode(country, list, code) ? t.local(codeLabel(country, list, code)) : code;
  const { form, setting, harmer, territory } = hole;
  return {
    territory: country.territories.some(({ code }) => code === territory)
      ? t.local(territoryName(country, territory))
      : territory,
    type: say("institution_type", hole.type),
    missing: hole.missing,
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
