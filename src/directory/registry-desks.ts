import { account } from "#accounts/index.ts";
import {
  type Desk,
  findInstitution,
  type Institution,
  listDesks,
  listDesksAt,
  listInstitutions,
  TRIAGE,
} from "#institutions/index.ts";
import type { Reader } from "#platform/db/database.ts";
import type { AppContext, Fields, FormState } from "#platform/http/app.ts";
import { notFound } from "#platform/http/errors.ts";
import { checkForm, fieldsFrom, formState } from "#platform/http/form.ts";
import { page, seeOther } from "#platform/http/page.ts";
import { readFields } from "#platform/http/read-body.ts";
import type { Option } from "#platform/views/parts.ts";
import { addDesk, changeDesk, deskValues } from "./change-desk.ts";
import type { DirectoryNeeds } from "./needs.ts";
import { named, withoutRepetition } from "./read-registry-form.ts";
import { institutionAddress } from "./registry-address.ts";
import { tieField } from "./registry-fields.ts";
import { DeskForm, offerCyrillic } from "./registry-forms.ts";
import { sayDesk } from "./registry-page.ts";
import { type PartValues, shownPart, showPartChanged } from "./registry-part-changed.ts";
import { findDeskTie } from "./registry-ties.ts";
import { registryForm } from "./registry-views.ts";
import { waysOf } from "./ways.ts";

/** Shows the form of one desk, or of a new one where the address names none. */
export async function showDesk(c: AppContext, needs: DirectoryNeeds): Promise<Response> {
  const { t } = c.get("ui");
  const found = await needs.db.read((reader) => findDesk(reader, c));
  const { desk, fallback, home } = found;
  const english = desk && desk.name.en !== named(desk.name.sr, "").en ? desk.name.en : "";
  const typed = fieldsFrom({
    name: desk?.name.sr ?? "",
    nameEn: english,
    // A desk is named by its institution; the hidden choice tells which of several it is.
    ...(fallback
      ? { fallback: home?.identifier ?? "", fallbackFor: home?.identifier ?? "", fallbackChosen: fallback.id }
      : {}),
  });
  return answerForm(c, {
    ...found,
    form: formState(typed),
    typed,
    now: fallback && sayDesk(t, fallback, home),
    offered: [],
  });
}

/** Takes a new desk, or another name or fallback of one. */
export async function receiveDesk(c: AppContext, needs: DirectoryNeeds): Promise<Response> {
  const { country, db, now } = needs;
  const { t } = c.get("ui");
  const { fields, errors: letters } = offerCyrillic(await readFields(c), ["name"]);
  const checked = checkForm(DeskForm, fields);
  const { found, tie } = await db.read(async (reader) => ({
    found: await findDesk(reader, c),
    tie: await findDeskTie({ reader, country, t, at: now() }, fields, "fallback"),
  }));
  const { desk, institution } = found;
  const isItself = tie.hit !== undefined && tie.hit.id === desk?.id;
  const errors = withoutRepetition([
    ...letters,
    ...(checked.ok ? [] : checked.form.errors),
    ...(tie.error ? [{ field: "fallback", phrase: tie.error }] : []),
    ...(checked.ok && found.others.includes(checked.input.name)
      ? [{ field: "name", phrase: { key: "registry.desk.taken" } as const }]
      : []),
    ...(isItself ? [{ field: "fallback", phrase: { key: "registry.tie.itself" } as const }] : []),
  ]);
  if (!checked.ok || errors.length > 0) {
    const now = found.fallback && sayDesk(t, found.fallback, found.home);
    return answerForm(c, { ...found, form: formState(fields, errors), typed: fields, now, offered: tie.offered });
  }
  const row = { name: named(checked.input.name, checked.input.nameEn), fallbackId: tie.hit?.id ?? null };
  const shown = shownPart(fields);
  if (desk) {
    const mine = withTriageFallback(institution, desk, row);
    const theirs = await changeDesk(needs, account.get(c), { desk, row: mine, shown });
    if (theirs) return showDeskChanged(c, needs, { institution, theirs, mine, shown });
  } else if (!(await addDesk(needs, account.get(c), { institution, row }))) {
    const form = formState(fields, [{ field: "name", phrase: { key: "registry.desk.taken" } }]);
    return answerForm(c, { ...found, form, typed: fields, now: undefined, offered: tie.offered });
  }
  return seeOther(c, institutionAddress(institution.id, "#desks"));
}

type DeskRow = Pick<Desk, "name" | "fallbackId">;

/** Who stands in for the team that receives every report is decided where it is set up: whoever it is opens them all. */
function withTriageFallback({ type }: Institution, desk: Desk, row: DeskRow): DeskRow {
  return type === TRIAGE ? { ...row, fallbackId: desk.fallbackId } : row;
}

interface ChangedDesk {
  readonly institution: Institution;
  readonly theirs: Desk;
  readonly mine: DeskRow;
  readonly shown: PartValues | undefined;
}

async function showDeskChanged(
  c: AppContext,
  { db }: DirectoryNeeds,
  { institution, theirs, mine, shown }: ChangedDesk,
): Promise<Response> {
  const { t } = c.get("ui");
  const ids = [theirs.fallbackId, mine.fallbackId].filter((id) => id !== null);
  const said = await db.read(async (reader) => {
    const desks = await listDesks(reader, ids);
    const homes = await listInstitutions(
      reader,
      desks.map(({ institutionId }) => institutionId),
    );
    return new Map(
      desks.map((desk) => [
        desk.id,
        sayDesk(
          t,
          desk,
          homes.find(({ id }) => id === desk.institutionId),
        ),
      ]),
    );
  });
  return showPartChanged(c, {
    ...{ theirs: deskValues(theirs), mine: deskValues(mine), shown },
    labels: {
      ...{ name: t("registry.name.sr"), nameEn: t("registry.name.en") },
      fallback: t("registry.desk.fallback"),
    },
    say: (_, value) => said.get(value) ?? (value || t("registry.none")),
    action: institutionAddress(institution.id, `/desks/${theirs.id}`),
    back: { path: institutionAddress(institution.id, "#desks"), label: t.local(institution.name) },
  });
}

interface FoundDesk {
  readonly institution: Institution;
  /** Undefined for a new one. */
  readonly desk: Desk | undefined;
  readonly fallback: Desk | undefined;
  /** The institution of the fallback. */
  readonly home: Institution | undefined;
  /** What the institution's other desks are called. */
  readonly others: readonly string[];
}

async function findDesk(reader: Reader, c: AppContext): Promise<FoundDesk> {
  const institution = await findInstitution(reader, c.req.param("id") ?? "");
  if (!institution) throw notFound();
  const deskId = c.req.param("desk");
  if (deskId === undefined && institution.type === TRIAGE) throw notFound();
  const desks = await listDesksAt(reader, institution.id);
  const desk = desks.find(({ id }) => id === deskId);
  if (deskId !== undefined && !desk) throw notFound();
  const others = desks.filter(({ id }) => id !== deskId).map(({ name }) => name.sr);
  const [fallback] = desk && desk.fallbackId !== null ? await listDesks(reader, [desk.fallbackId]) : [];
  const [home] = fallback ? await listInstitutions(reader, [fallback.institutionId]) : [];
  return { institution, desk, fallback, home, others };
}

interface Shown extends FoundDesk {
  readonly form: FormState;
  readonly typed: Fields;
  /** Who stands in by now. */
  readonly now: string | undefined;
  readonly offered: readonly Option[];
}

function answerForm(c: AppContext, { institution, desk, form, typed, now, offered }: Shown): Response {
  const { t } = c.get("ui");
  const failed = form.errors.length > 0;
  const hint = now === undefined ? t("registry.tie.hint") : t("registry.tie.now", { name: now });
  const fallback = tieField(typed, { name: "fallback", label: t("registry.desk.fallback"), hint, offered });
  const props = {
    ways: waysOf(c),
    back: { path: institutionAddress(institution.id, "#desks"), label: t.local(institution.name) },
    heading: desk ? t("registry.desk.change") : t("registry.desk.add"),
    lead: t("registry.desk.lead"),
    notice: undefined,
    action: institutionAddress(institution.id, desk ? `/desks/${desk.id}` : "/desks"),
    form,
    fields: [
      { kind: "text", name: "name", label: t("registry.name.sr"), hint: t("registry.name.hint"), optional: false },
      { kind: "text", name: "nameEn", label: t("registry.name.en"), hint: t("registry.name.en.hint"), optional: true },
      ...(institution.type === TRIAGE ? [] : [fallback]),
    ] as const,
    hidden: desk ? [{ name: "shown", value: JSON.stringify(shownPart(typed) ?? deskValues(desk)) }] : [],
    submit: t("registry.save"),
    remove: undefined,
  };
  const title = t("registry.title");
  return page(c, registryForm, props, { title, failed, status: failed ? 422 : 200, layout: "staff" });
}
