import { Hono } from "hono";
import { account, may, resolveMatter } from "#accounts/index.ts";
import type { Resolution } from "#institutions/index.ts";
import type { AppContext, AppEnv, FormState, Routes } from "#platform/http/app.ts";
import { notFound } from "#platform/http/errors.ts";
import { checkForm, formState, wholeNumber } from "#platform/http/form.ts";
import { oneOf } from "#platform/http/one-of.ts";
import { page, seeOther } from "#platform/http/page.ts";
import { readFields } from "#platform/http/read-body.ts";
import { closesSoon } from "#platform/http/school-computer.ts";
import { describeError } from "#platform/log.ts";
import { addNote, sendMessage } from "./add-entry.ts";
import { placedOf } from "./answering.ts";
import { casePageProps } from "./case-page.ts";
import { type ChangeOutcome, changeStatus, changeUrgency } from "./change-case.ts";
import { changedPageProps } from "./changed-page.ts";
import { decideShelf } from "./decide-shelf.ts";
import { AssessmentForm, ListQuery, MessageForm, NoteForm, ShelfForm, StatusForm, UrgencyForm } from "./forms.ts";
import { type CaseText, carriedFields, halfWritten } from "./half-written.ts";
import { findNext } from "./inbox-list.ts";
import type { CaseworkNeeds } from "./inbox-routes.ts";
import { caseAddress } from "./list-address.ts";
import { type ReadCase, readCase } from "./read-case.ts";
import { casePage, changedPage, conflictPage } from "./views.ts";
import { findCaseOf } from "./work-on-case.ts";
import { writeAssessment } from "./write-assessment.ts";

const CASE = "/staff/cases/:number{[0-9]{4}-[0-9]{6,12}}";
const FORMS = ["urgency", "status", "shelf", "notes", "messages", "assessment"];

export function caseRoutes(needs: CaseworkNeeds): Routes {
  const write = may(needs, "case.write");
  return (
    new Hono<AppEnv>()
      .get(CASE, may(needs, "case.read"), (c) => showCase(c, needs, formState(new Map())))
      // Where a form was answered with its page, reloading and switching the language ask for that address.
      .get(`${CASE}/${oneOf("form", FORMS)}`, may(needs, "case.read"), (c) => seeOther(c, pathOf(c)))
      // Leafing and staying: the page again, with every text that was begun.
      .post(CASE, may(needs, "case.read"), async (c) => showCase(c, needs, formState(halfWritten(await readFields(c)))))
      .post(`${CASE}/urgency`, write, (c) => receiveUrgency(c, needs))
      .post(`${CASE}/status`, write, (c) => receiveStatus(c, needs))
      .post(`${CASE}/shelf`, write, (c) => receiveShelf(c, needs))
      .post(`${CASE}/notes`, write, (c) => receiveNote(c, needs))
      .post(`${CASE}/messages`, write, (c) => receiveMessage(c, needs))
      .post(`${CASE}/assessment`, write, (c) => receiveAssessment(c, needs))
  );
}

const numberOf = (c: AppContext) => c.req.param("number") ?? "";
/** The case with the list it was opened from, which every form of its page carries along. */
const pathOf = (c: AppContext) => caseAddress(numberOf(c), listOf(c));
const listOf = (c: AppContext) => ListQuery.parse(c.req.query());

async function showCase(c: AppContext, needs: CaseworkNeeds, form: FormState): Promise<Response> {
  const below = wholeNumber(c.req.query("below"));
  const shown = c.req.method === "GET" && c.req.header("sec-purpose") === undefined;
  const versionsBelow = wholeNumber(c.req.query("versions"));
  const marks = shown && below === undefined && versionsBelow === undefined;
  const read = await readCase(needs, account.get(c), numberOf(c), { below, versionsBelow, marks });
  if (!read) throw notFound();
  const now = needs.now();
  const list = listOf(c);
  const { country, db } = needs;
  const next = await db.read((reader) =>
    findNext(reader, read.file, { country, personId: account.get(c).id, query: list, now }),
  );
  const props = casePageProps(country, c.get("ui"), {
    read,
    form,
    now,
    list,
    next: next?.number,
    resolution: await resolutionOf(needs, read),
    browsing: versionsBelow !== undefined,
    closes: closesSoon(c),
  });
  const failed = form.errors.length > 0;
  return page(c, casePage, props, { title: read.file.number, failed, status: failed ? 422 : 200, layout: "staff" });
}

/** Who answers for a case; undefined where that fails, since what the directory holds must not keep a case shut. */
async function resolutionOf({ db, country, log, now }: CaseworkNeeds, read: ReadCase): Promise<Resolution | undefined> {
  try {
    return await db.read((reader) => resolveMatter(reader, country, placedOf(country, read), now()));
  } catch (error) {
    log.error(describeError(error), "who answers was not found out");
    return undefined;
  }
}

/** Goes on where nothing else was begun; otherwise the page comes back with the texts that are not saved yet. */
function answerSaved(c: AppContext, needs: CaseworkNeeds, part = "", saved?: CaseText): Response | Promise<Response> {
  const kept = halfWritten(c.get("typed"), saved);
  return kept.size === 0 ? seeOther(c, pathOf(c) + part) : showCase(c, needs, formState(kept));
}

/** The page with what is wrong; only what somebody wrote stays as typed, everything else shows what holds. */
function answerWrong(
  c: AppContext,
  needs: CaseworkNeeds,
  errors: FormState["errors"],
  chosen: readonly (readonly [string, readonly string[]])[] = [],
): Promise<Response> {
  return showCase(c, needs, formState(new Map([...halfWritten(c.get("typed")), ...chosen]), errors));
}

async function receiveUrgency(c: AppContext, needs: CaseworkNeeds): Promise<Response> {
  const typed = await readFields(c);
  const checked = checkForm(UrgencyForm, typed);
  if (!checked.ok) return answerWrong(c, needs, checked.form.errors, [["urgency", typed.get("urgency") ?? []]]);
  const outcome = await changeUrgency(needs, account.get(c), numberOf(c), checked.input);
  return answerChange(c, needs, { outcome, name: "urgency", chosen: checked.input.urgency });
}

async function receiveStatus(c: AppContext, needs: CaseworkNeeds): Promise<Response> {
  const checked = checkForm(StatusForm, await readFields(c));
  if (!checked.ok) return answerWrong(c, needs, checked.form.errors);
  const outcome = await changeStatus(needs, account.get(c), numberOf(c), checked.input);
  return answerChange(c, needs, { outcome, name: "status", chosen: checked.input.status });
}

/** Whoever decides about a case that changed meanwhile sees it as it is now, before closing what may be no spam. */
async function receiveShelf(c: AppContext, needs: CaseworkNeeds): Promise<Response> {
  const checked = checkForm(ShelfForm, await readFields(c));
  if (!checked.ok) return answerWrong(c, needs, checked.form.errors);
  const outcome = await decideShelf(needs, account.get(c), numberOf(c), checked.input);
  if (outcome === "missing") throw notFound();
  if (outcome === "done") return answerSaved(c, needs);
  return answerWrong(c, needs, [{ field: "entries", phrase: { key: "casework.shelf.changed" } }]);
}

interface Change {
  readonly outcome: ChangeOutcome;
  readonly name: "urgency" | "status";
  readonly chosen: string;
}

async function answerChange(c: AppContext, needs: CaseworkNeeds, { outcome, name, chosen }: Change): Promise<Response> {
  if (outcome === "missing") throw notFound();
  if (outcome === "done") return answerSaved(c, needs, "", name === "urgency" ? "reason" : undefined);
  const refused = refusalOf(outcome);
  if (refused) return answerWrong(c, needs, [refused], refused.field === "reason" ? [["urgency", [chosen]]] : []);
  const file = await needs.db.read((reader) => findCaseOf(reader, account.get(c).id, numberOf(c)));
  if (!file) throw notFound();
  const props = changedPageProps(needs.country, c.get("ui").t, {
    file,
    name,
    chosen,
    carried: carriedFields(c.get("typed")),
  });
  return page(c, changedPage, props, { title: file.number, status: 409, layout: "staff", narrow: true });
}

/** What is wrong with a change, at the field that mends it. */
function refusalOf(outcome: ChangeOutcome): FormState["errors"][number] | undefined {
  if (outcome === "no-reason") return { field: "reason", phrase: { key: "casework.urgency.reason.missing" } };
  if (outcome === "not-allowed") return { field: "status", phrase: { key: "errors.field.unknown" } };
  return outcome === "not-safe" ? { field: "urgency", phrase: { key: "casework.case.notSafe.first" } } : undefined;
}

async function receiveNote(c: AppContext, needs: CaseworkNeeds): Promise<Response> {
  const checked = checkForm(NoteForm, await readFields(c));
  if (!checked.ok) return answerWrong(c, needs, checked.form.errors);
  const { note: text, noteOnce, once } = checked.input;
  if (!(await addNote(needs, account.get(c), numberOf(c), { text, once: noteOnce ?? once }))) throw notFound();
  return answerSaved(c, needs, "#entries", "note");
}

async function receiveMessage(c: AppContext, needs: CaseworkNeeds): Promise<Response> {
  const checked = checkForm(MessageForm, await readFields(c));
  if (!checked.ok) return answerWrong(c, needs, checked.form.errors);
  const { message: text, asks, once } = checked.input;
  const message = { text, asks: asks === "yes", once };
  if (!(await sendMessage(needs, account.get(c), numberOf(c), message))) throw notFound();
  return answerSaved(c, needs, "#entries", "message");
}

async function receiveAssessment(c: AppContext, needs: CaseworkNeeds): Promise<Response> {
  const checked = checkForm(AssessmentForm, await readFields(c));
  if (!checked.ok) return answerWrong(c, needs, checked.form.errors);
  const { assessment: text, based } = checked.input;
  const outcome = await writeAssessment(needs, account.get(c), numberOf(c), { text, based });
  if (outcome === "missing") throw notFound();
  return outcome === "done" ? answerSaved(c, needs, "#assessment-part", "assessment") : showConflict(c, needs, text);
}

/** Two people wrote at once: the second sees both texts and decides; neither is lost. */
async function showConflict(c: AppContext, needs: CaseworkNeeds, mine: string): Promise<Response> {
  const read = await readCase(needs, account.get(c), numberOf(c), { marks: false });
  if (!read?.assessment) throw notFound();
  const { id, text, at } = read.assessment;
  const props = {
    path: caseAddress(numberOf(c)),
    number: numberOf(c),
    mine,
    theirs: { id, text, at },
    carried: carriedFields(c.get("typed"), "assessment"),
  };
  return page(c, conflictPage, props, { title: numberOf(c), status: 409, layout: "staff" });
}
