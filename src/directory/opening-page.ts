import { account, mayDo } from "#accounts/index.ts";
import { type Country, municipality, placeGroups, sayTerritory } from "#country/index.ts";
import { listOpeningsInForce, type OpeningRow, pageOfOpenings, STAGES } from "#institutions/index.ts";
import type { AppContext, Fields, FormState } from "#platform/http/app.ts";
import { formState } from "#platform/http/form.ts";
import { page } from "#platform/http/page.ts";
import type { Ui } from "#platform/views/ui.ts";
import type { DirectoryNeeds } from "./needs.ts";
import { areaOptions } from "./registry-places.ts";
import { openingConfirmPage, openingPage, type PlannedOpening } from "./views.ts";
import { waysOf } from "./ways.ts";

const ROWS_A_PAGE = 50;
const PLACES_SHOWN = 10;
const NOTHING: Fields = new Map();

interface Shown {
  readonly form?: FormState;
  /** A line that holds already was to be removed. */
  readonly refused?: boolean;
}

/** The plan, the latest lines first, with the form that adds one for who may change it. */
export async function renderPlan(
  c: AppContext,
  { db, country, now }: DirectoryNeeds,
  { form = formState(NOTHING), refused = false }: Shown,
): Promise<Response> {
  const at = now();
  const below = belowIn(c.req.query("below"));
  const { rows, held } = await db.read(async (reader) => ({
    rows: await pageOfOpenings(reader, { below, most: ROWS_A_PAGE + 1 }),
    held: new Set((await listOpeningsInForce(reader, at)).map(({ id }) => id)),
  }));
  const ui = c.get("ui");
  const [whole, ...areas] = areaOptions(country, ui.t);
  const shown = rows.slice(0, ROWS_A_PAGE);
  const last = rows.length > shown.length ? shown.at(-1) : undefined;
  const failed = form.errors.length > 0 || refused;
  const props = {
    ways: waysOf(c),
    form,
    rows: shown.map((row) => plannedOpening(ui, country, row, { held, at })),
    changes: mayDo(account.get(c).role, "directory.change"),
    refused,
    country: whole ? [whole] : [],
    groups: [{ label: ui.t("registry.areas"), options: areas }, ...placeGroups(country, ui)],
    stages: STAGES.map((stage) => ({ value: String(stage), label: ui.t(`opening.stage.${stage}`) })),
    before: below && { path: "/staff/opening", label: ui.t("opening.plan.newest") },
    next: last && { path: `/staff/opening?below=${last.from}.${last.id}`, label: ui.t("opening.plan.older") },
  };
  const status = refused ? 409 : failed ? 422 : 200;
  return page(c, openingPage, props, { title: ui.t("opening.plan.title"), failed, status, layout: "staff" });
}

interface Closing {
  readonly change: "add" | "remove";
  readonly line: Pick<OpeningRow, "territory" | "stage" | "from">;
  readonly places: readonly string[];
  /** Where the form goes that confirms it, and what it says again. */
  readonly action: string;
  readonly given: readonly { readonly name: string; readonly value: string }[];
}

/** Says where fewer people could report, before a line is added or removed. */
export function renderConfirmation(
  c: AppContext,
  { country }: DirectoryNeeds,
  { change, line: { territory, stage, from }, places, action, given }: Closing,
): Response {
  const ui = c.get("ui");
  const named = places.filter((place) => municipality(country, place) !== undefined);
  const props = {
    ways: waysOf(c),
    line: {
      territory: sayTerritory(country, ui.t, territory),
      stage: ui.t(`opening.stage.${stageOf(stage)}`),
      from: ui.date(from),
    },
    change,
    action,
    given,
    places: named.slice(0, PLACES_SHOWN).map((place) => sayTerritory(country, ui.t, place)),
    count: named.length,
    unknown: named.length < places.length,
  };
  const title = ui.t("opening.confirm.title");
  return page(c, openingConfirmPage, props, { title, layout: "staff", narrow: true });
}

function plannedOpening(
  ui: Ui,
  country: Country,
  { id, territory, stage, from }: OpeningRow,
  { held, at }: { readonly held: ReadonlySet<string>; readonly at: number },
): PlannedOpening {
  return {
    id,
    territory: sayTerritory(country, ui.t, territory),
    stage: stageOf(stage),
    from: ui.date(from),
    state: from > at ? "future" : held.has(id) ? "now" : "past",
  };
}

function stageOf(stage: number): PlannedOpening["stage"] {
  return `${STAGES.find((each) => each === stage) ?? 0}`;
}

/** Where an earlier page ended, as its link says it. */
function belowIn(text: string | undefined): Pick<OpeningRow, "from" | "id"> | undefined {
  const [, from, id] = /^(\d{1,15})\.([\w-]{1,64})$/.exec(text ?? "") ?? [];
  return id === undefined ? undefined : { from: Number(from), id };
}
