import { account } from "#accounts/index.ts";
import {
  type Desk,
  findInstitution,
  findPlacedDesk,
  type Institution,
  listDesksAt,
  type PlacedDesk,
  TRIAGE,
} from "#institutions/index.ts";
import type { Translate } from "#messages/messages.ts";
import type { Reader } from "#platform/db/database.ts";
import type { AppContext, Fields, FormState } from "#platform/http/app.ts";
import { notFound } from "#platform/http/errors.ts";
import { checkForm, fieldsFrom, formState } from "#platform/http/form.ts";
import { page, seeOther } from "#platform/http/page.ts";
import { readFields } from "#platform/http/read-body.ts";
import type { Option } from "#platform/views/parts.ts";
import { addDesk, askedFallback, changeDesk, type DeskRow, deskValues } from "./change-desk.ts";
import { findStandIns, readStandIn, STAND_IN, type StandIn, standInValues } from "./find-fallback-desk.ts";
import type { DirectoryNeeds } from "./needs.ts";
import { named, withoutRepetition } from "./read-registry-form.ts";
import { institutionAddress } from "./registry-address.ts";
import { tieField } from "./registry-fields.ts";
import { DeskForm, offerCyrillic } from "./registry-forms.ts";
import { type PartValues, shownPart, showPartChanged } from "./registry-part-changed.ts";
import { registryForm } from "./registry-views.ts";
import { waysOf } from "./ways.ts";

/** Shows the form of one desk, or of a new one where the address names none. */
export async function showDesk(c: AppContext, needs: DirectoryNeeds): Promise<Response> {
  const found = await needs.db.read((reader) => findDesk(reader, c));
  const { desk, standIn, proposed } = found;
  const typed = fieldsFrom(
    desk ? { ...deskValues(desk), ...standInValues(proposed ?? standIn) } : { name: "", nameEn: "" },
  );
  return answerForm(c, { ...found, form: formState(typed), typed, offered: [] });
}

/** Takes a new desk, another name of one, or the one that stands in for the triage desk. */
export async function receiveDesk(c: AppContext, needs: DirectoryNeeds): Promise<Response> {
  const { fields, errors: letters } = offerCyrillic(await readFields(c), ["name"]);
  const checked = checkForm(DeskForm, fields);
  const { found, standIn } = await needs.db.read(async (reader) => {
    const there = await findDesk(reader, c);
    return { found: there, standIn: await standInFrom({ reader, c, needs }, fields, there.desk) };
  });
  const { desk, institution } = found;
  const { offered } = standIn;
  const errors = withoutRepetition([
    ...letters,
    ...(checked.ok ? [] : checked.form.errors),
    ...(checked.ok && found.others.includes(checked.input.name) ? [TAKEN] : []),
    ...(standIn.error ? [{ field: STAND_IN, phrase: standIn.error }] : []),
  ]);
  const again = (wrong: FormState["errors"]) =>
    answerForm(c, { ...found, form: formState(fields, wrong), typed: fields, offered });
  if (!checked.ok || errors.length > 0) return again(errors);
  const row = { name: named(checked.input.name, checked.input.nameEn) };
  const shown = shownPart(fields);
  if (desk) {
    const mine = { ...row, fallbackId: standIn.id };
    const theirs = await changeDesk(needs, account.get(c), { desk, row: mine, shown });
    if (theirs === "closed") return again([{ field: STAND_IN, phrase: { key: "registry.standIn.closed" } }]);
    if (theirs) return showDeskChanged(c, needs, { institution, theirs, mine, shown });
  } else if (!(await addDesk(needs, account.get(c), { institution, row }))) {
    return again([TAKEN]);
  }
  return seeOther(c, institutionAddress(institution.id, "#desks"));
}

const TAKEN = { field: "name", phrase: { key: "registry.desk.taken" } } as const;

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
  const ids = [askedFallback(theirs), mine.fallbackId].filter((id) => id !== null);
  const desks = await db.read(async (reader) => Promise.all(ids.map((id) => findPlacedDesk(reader, id))));
  const nameOf = (id: string) => {
    const placed = desks.find((each) => each?.desk.id === id);
    return placed && sayPlaced(t, placed);
  };
  return showPartChanged(c, {
    ...{ theirs: deskValues(theirs), mine: deskValues(mine), shown },
    labels: {
      ...{ name: t("registry.name.sr"), nameEn: t("registry.name.en") },
      ...(theirs.kind === TRIAGE ? { [STAND_IN]: t("registry.desk.fallback") } : {}),
    },
    say: (name, value) => (name === STAND_IN ? nameOf(value) : value) || t("registry.none"),
    // A desk is sent back as what was chosen, for which nothing was typed.
    sentAs: (name) => (name === STAND_IN ? `${STAND_IN}Chosen` : name),
    action: institutionAddress(institution.id, `/desks/${theirs.id}`),
    back: { path: institutionAddress(institution.id, "#desks"), label: t.local(institution.name) },
  });
}

interface FoundDesk {
  readonly institution: Institution;
  /** Undefined for a new one. */
  readonly desk: Desk | undefined;
  /** What the institution's other desks are called. */
  readonly others: readonly string[];
  /** The desk that stands in for it by now. */
  readonly standIn: PlacedDesk | undefined;
  /** The one that is proposed instead. */
  readonly proposed: PlacedDesk | undefined;
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
  const standIns = desk ? await findStandIns(reader, desk) : { standIn: undefined, proposed: undefined };
  return { institution, desk, others, ...standIns };
}

interface Asked {
  readonly reader: Reader;
  readonly c: AppContext;
  readonly needs: DirectoryNeeds;
}

/** What a form says of the desk that stands in; whatever it says where that is not asked, nothing changes. */
async function standInFrom({ reader, c, needs }: Asked, fields: Fields, desk: Desk | undefined): Promise<StandIn> {
  if (desk?.kind !== TRIAGE) return { id: desk?.fallbackId ?? null, error: undefined, offered: [] };
  const look = { reader, country: needs.country, t: c.get("ui").t, at: needs.now() };
  return readStandIn(look, fields);
}

interface Shown extends FoundDesk {
  readonly form: FormState;
  readonly typed: Fields;
  readonly offered: readonly Option[];
}

function answerForm(c: AppContext, shown: Shown): Response {
  const { institution, desk, form, typed } = shown;
  const { t } = c.get("ui");
  const failed = form.errors.length > 0;
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
      ...(desk?.kind === TRIAGE ? [standInField(c, shown)] : []),
    ] as const,
    hidden: desk ? [{ name: "shown", value: JSON.stringify(shownPart(typed) ?? deskValues(desk)) }] : [],
    submit: t("registry.save"),
    remove: undefined,
  };
  const title = t("registry.title");
  return page(c, registryForm, props, { title, failed, status: failed ? 422 : 200, layout: "staff" });
}

function standInField(c: AppContext, { standIn, proposed, typed, offered }: Shown) {
  const { t } = c.get("ui");
  const now = standIn ? t("registry.standIn.now", { desk: sayPlaced(t, standIn) }) : t("registry.standIn.none");
  const waits = proposed ? [t("registry.standIn.waits", { desk: sayPlaced(t, proposed) })] : [];
  const hint = [t("registry.standIn.hint"), now, ...waits].join(" ");
  return tieField(typed, { name: STAND_IN, label: t("registry.desk.fallback"), hint, offered });
}

const sayPlaced = (t: Translate, { desk, home }: PlacedDesk) => `${t.local(desk.name)} – ${t.local(home.name)}`;
