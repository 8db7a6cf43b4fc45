import { resolveMatter } from "#accounts/index.ts";
import { type CodeListName, type Country, isCode, municipality, placeGroups, territoryName } from "#country/index.ts";
import {
  findInstitution,
  placeTypesOf,
  type Resolution,
  routingAddress,
  sayOtherTown,
  searchInstitutions,
} from "#institutions/index.ts";
import type { LocalText } from "#messages/messages.ts";
import type { AppContext } from "#platform/http/app.ts";
import { page, seeOther } from "#platform/http/page.ts";
import type { Option } from "#platform/views/parts.ts";
import type { Ui } from "#platform/views/ui.ts";
import type { DirectoryNeeds } from "./needs.ts";
import { RoutingQuery } from "./routing-forms.ts";
import { type RoutingPage, routingPage } from "./routing-views.ts";
import { answeringIn, holesIn, notFirstIn } from "./routing-words.ts";
import { waysOf } from "./ways.ts";

type Asked = RoutingQuery;
interface NamedInstitution {
  readonly id: string;
  readonly name: LocalText;
  readonly territory: string;
}

/** The page of who answers for a matter; an address with more than codes in it is made shorter first. */
export async function showRouting(c: AppContext, needs: DirectoryNeeds): Promise<Response> {
  const { country, db, now } = needs;
  const ui = c.get("ui");
  const asked = onlyCodes(
    country,
    RoutingQuery.parse({ ...c.req.query(), form: c.req.queries("form")?.filter(Boolean) ?? [] }),
  );
  const [tidy, here] = [routingAddress(tidied(asked)), c.req.path + new URL(c.req.url).search];
  if (asked.words === "" && tidy !== here) return seeOther(c, tidy);
  const found = await db.read(async (reader) => {
    const types = placeTypesOf(country.competence, asked.setting);
    const named = asked.at ? await findInstitution(reader, asked.at) : undefined;
    const search = { words: asked.words, territory: asked.place, types };
    const hits = asked.words === "" ? [] : await searchInstitutions(reader, search);
    const territory = asked.place ?? named?.territory;
    const placed = { ...matterOf(asked), territory: territory ?? "", institutionId: named?.id };
    return { named, hits, resolution: territory ? await resolveMatter(reader, country, placed, now()) : undefined };
  });
  const props = { ways: waysOf(c), ...fields(country, ui, asked, found), ...outcome(country, ui, found.resolution) };
  return page(c, routingPage, props, { title: ui.t("routing.title"), layout: "staff" });
}

/** Chosen and named at once: the words have done their work. A choice taken back is not one. */
function tidied({ words: _, ...asked }: Asked) {
  return { ...asked, at: asked.at === NONE ? undefined : asked.at };
}

const NONE = "none";

/** A code that the country does not have is as if it were not said. */
function onlyCodes(country: Country, asked: Asked): Asked {
  const known = (list: CodeListName, code: string | undefined) =>
    code !== undefined && isCode(country, list, code) ? code : undefined;
  return {
    place: asked.place && municipality(country, asked.place)?.code,
    form: asked.form.filter((form) => isCode(country, "violence_form", form)),
    setting: known("environment", asked.setting),
    harmer: known("perpetrator_type", asked.harmer),
    level: known("violence_level", asked.level),
    age: known("age_band", asked.age),
    at: asked.at,
    words: asked.at === undefined ? asked.words : "",
  };
}

function matterOf({ form, setting, harmer, level, age }: Asked) {
  return { forms: form, setting, harmer, level, age };
}

interface Found {
  readonly named: NamedInstitution | undefined;
  readonly hits: readonly NamedInstitution[];
}

function fields(
  country: Country,
  ui: Ui,
  asked: Asked,
  { named, hits }: Found,
): Omit<RoutingPage, "ways" | keyof Outcome> {
  const { t } = ui;
  const fromList = (list: CodeListName) =>
    country.codeLists[list].map(({ code, label }) => ({ value: code, label: t.local(label) }));
  const select = (name: string, label: string, value: string | undefined, options: readonly Option[]) => {
    return { name, id: name, label, value: value ?? "", options };
  };
  const forms = fromList("violence_form");
  return {
    places: placeGroups(country, ui),
    place: asked.place ?? "",
    selects: [
      ...[...asked.form, ""].map((form, at) => ({
        ...select("form", at === 0 ? t("routing.form") : t("routing.form.more"), form, forms),
        id: `form-${at}`,
      })),
      select("setting", t("routing.setting"), asked.setting, fromList("environment")),
      select("harmer", t("routing.harmer"), asked.harmer, fromList("perpetrator_type")),
      select("age", t("routing.age"), asked.age, fromList("age_band")),
      select("level", t("routing.level"), asked.level, fromList("violence_level")),
    ],
    searches: placeTypesOf(country.competence, asked.setting).length > 0 || named !== undefined,
    words: asked.words,
    named: named && {
      value: named.id,
      label: t.local(named.name),
      hint: t.local(territoryName(country, named.territory)),
    },
    hits: hits.map(({ id, name, territory }) => {
      return { value: id, label: t.local(name), hint: t.local(territoryName(country, territory)) };
    }),
    none: NONE,
  };
}

type Outcome = Pick<RoutingPage, "asked" | "otherTown" | "answering" | "holes" | "notFirst">;

function outcome(country: Country, ui: Ui, resolution: Resolution | undefined): Outcome {
  if (!resolution) return { asked: false, otherTown: "", answering: [], holes: [], notFirst: [] };
  return {
    asked: true,
    otherTown: sayOtherTown(country, ui.t, resolution),
    answering: resolution.answering.map((each) => answeringIn(country, ui, each)),
    holes: resolution.holes.map((each) => holesIn(country, ui, each)),
    notFirst: resolution.notFirst.map((each) => notFirstIn(country, ui, each)),
  };
}
