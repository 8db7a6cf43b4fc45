import { Hono, type MiddlewareHandler } from "hono";
import { account, listPeopleById, may } from "#accounts/index.ts";
import { findInstitution } from "#institutions/index.ts";
import type { AppContext, AppEnv, FormState, Routes } from "#platform/http/app.ts";
import { notFound } from "#platform/http/errors.ts";
import { checkForm, formState } from "#platform/http/form.ts";
import { page, seeOther } from "#platform/http/page.ts";
import { readFields } from "#platform/http/read-body.ts";
import { declareExclusion, type ExclusionNeeds } from "./declare-exclusion.ts";
import { exclusionPageProps, readExclusions } from "./exclusion-page.ts";
import type { Whom } from "./exclusion-store.ts";
import { ExclusionForm } from "./forms.ts";
import type { CaseworkNeeds } from "./inbox-routes.ts";
import { liftExclusion } from "./lift-exclusion.ts";
import { caseAddress } from "./list-address.ts";
import { shareCase } from "./share-case.ts";
import { exclusionPage } from "./views.ts";
import { findCaseOf } from "./work-on-case.ts";

const PATH = "/staff/cases/:number{[0-9]{4}-[0-9]{6,12}}/exclusions";
const LONGEST_WORDS = 100;

export interface ExclusionRouteNeeds extends CaseworkNeeds, ExclusionNeeds {
  /** Asks once more who it is. */
  readonly fresh: MiddlewareHandler<AppEnv>;
}

/** Conflicts of interest: who never sees a case, declared by whoever works on it and lifted with a second look. */
export function exclusionRoutes(needs: ExclusionRouteNeeds): Routes {
  const write = may(needs, "case.write");
  return (
    new Hono<AppEnv>()
      .get(PATH, write, (c) => showExclusions(c, needs))
      .post(PATH, write, needs.fresh, (c) => receiveExclusion(c, needs))
      // Names of people are looked for in a form: an address stays behind in the browser.
      .post(`${PATH}/find`, write, async (c) => showExclusions(c, needs, formState(await readFields(c))))
      .get(`${PATH}/find`, write, (c) => seeOther(c, pathOf(c)))
      .post(`${PATH}/share`, write, needs.fresh, (c) => receiveSharing(c, needs))
      .post(`${PATH}/:id{[\\w-]{22}}/lift`, write, needs.fresh, (c) => receiveLift(c, needs))
  );
}

const numberOf = (c: AppContext) => c.req.param("number") ?? "";
const pathOf = (c: AppContext) => caseAddress(numberOf(c), {}, "/exclusions");

async function showExclusions(
  c: AppContext,
  needs: ExclusionRouteNeeds,
  form: FormState = formState(new Map()),
): Promise<Response> {
  const words = form.field("words").value.slice(0, LONGEST_WORDS);
  const who = account.get(c);
  const { db, country } = needs;
  const read = await db.read((reader) =>
    readExclusions(reader, needs, { personId: who.id, number: numberOf(c), words }),
  );
  if (!read) throw notFound();
  const props = exclusionPageProps(country, c.get("ui"), { ...read, form, words, viewerId: who.id });
  const failed = form.errors.length > 0;
  const title = read.file.number;
  return page(c, exclusionPage, props, { title, failed, status: failed ? 422 : 200, layout: "staff", narrow: true });
}

async function receiveExclusion(c: AppContext, needs: ExclusionRouteNeeds): Promise<Response> {
  const fields = await readFields(c);
  const checked = checkForm(ExclusionForm, fields);
  if (!checked.ok) return showExclusions(c, needs, checked.form);
  const who = account.get(c);
  const whom = await knownWhom(needs, checked.input.whom);
  const wrong = (key: "errors.field.unknown" | "exclusions.nobodyLeft" | "exclusions.changed") =>
    showExclusions(c, needs, formState(fields, [{ field: "whom", phrase: { key } }]));
  if (!whom) return wrong("errors.field.unknown");
  const outcome = await declareExclusion(needs, who, numberOf(c), whom);
  if (outcome === "missing") throw notFound();
  if (outcome !== "done") return wrong(`exclusions.${outcome}`);
  // Whoever kept themselves away has nothing more to see here.
  const still = await needs.db.read((reader) => findCaseOf(reader, who.id, numberOf(c)));
  return seeOther(c, still ? pathOf(c) : "/staff/cases");
}

/** Whom a choice names, if there is such a person at a desk or such an institution. */
async function knownWhom({ db }: ExclusionRouteNeeds, chosen: string): Promise<Whom | undefined> {
  const kind = chosen.slice(0, chosen.indexOf(":"));
  const id = chosen.slice(kind.length + 1);
  return db.read(async (reader) => {
    if (kind === "institution") return (await findInstitution(reader, id)) && { personId: null, institutionId: id };
    const [person] = await listPeopleById(reader, [id]);
    return person && { personId: id, institutionId: null };
  });
}

/** Somebody who came later may open the case from now on. */
async function receiveSharing(c: AppContext, needs: ExclusionRouteNeeds): Promise<Response> {
  const person = (await readFields(c)).get("person")?.[0];
  if (!(await shareCase(needs, account.get(c), numberOf(c), async () => new Set(person ? [person] : []))))
    throw notFound();
  return seeOther(c, pathOf(c));
}

async function receiveLift(c: AppContext, needs: ExclusionRouteNeeds): Promise<Response> {
  await readFields(c);
  if (!(await liftExclusion(needs, account.get(c), numberOf(c), c.req.param("id") ?? ""))) throw notFound();
  return seeOther(c, pathOf(c));
}
