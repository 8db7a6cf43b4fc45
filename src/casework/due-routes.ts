import { Hono } from "hono";
import { account, listDesksOf, listWorkplaces, may, mayDo } from "#accounts/index.ts";
import { listInstitutions } from "#institutions/index.ts";
import type { AppContext, AppEnv, Routes } from "#platform/http/app.ts";
import { notFound } from "#platform/http/errors.ts";
import { page, seeOther } from "#platform/http/page.ts";
import { readFields } from "#platform/http/read-body.ts";
import type { Ui } from "#platform/views/ui.ts";
import { shownDeadline } from "./deadline-words.ts";
import { type DueQuery, dueAddress, dueQueryFrom, placeFrom } from "./due-address.ts";
import { countDue, type DuePlace, type DueRow, listDue, type Whose } from "./due-store.ts";
import { duePage, type ShownDue } from "./due-views.ts";
import type { CaseworkNeeds } from "./inbox-routes.ts";
import { caseAddress } from "./list-address.ts";
import { reviewDeadline } from "./review-deadline.ts";

const ROWS_A_PAGE = 50;
const FIGURE_DAYS = 30;
const DAY = 86_400_000;

/** What is late and what is to come: of the own desks, and of the bodies below for whoever supervises them. */
export function dueRoutes(needs: CaseworkNeeds): Routes {
  const list = may(needs, "deadline.list");
  return new Hono<AppEnv>()
    .get("/staff/deadlines", list, (c) => showDue(c, needs))
    .post("/staff/deadlines/:deadline{[0-9a-f]{32}}", list, (c) => receiveReview(c, needs));
}

async function receiveReview(c: AppContext, needs: CaseworkNeeds): Promise<Response> {
  await readFields(c);
  if (!(await reviewDeadline(needs, account.get(c), c.req.param("deadline") ?? ""))) throw notFound();
  return seeOther(c, dueAddress({ of: "own", late: false }));
}

async function showDue(c: AppContext, needs: CaseworkNeeds): Promise<Response> {
  const { db, now } = needs;
  const ui = c.get("ui");
  const { id, role } = account.get(c);
  const supervises = mayDo(role, "case.ask");
  const query = dueQueryFrom(c.req.query(), supervises);
  const [at, before] = [now(), placeFrom(c.req.query("before"))];
  const found = await db.read(async (reader) => {
    const whose: Whose =
      query.of === "below"
        ? { of: "below", viewerId: id, institutionIds: await listWorkplaces(reader, id) }
        : { of: "own", viewerId: id, deskIds: (await listDesksOf(reader, id)).map((desk) => desk.id) };
    const place = { after: before ? undefined : placeFrom(c.req.query("after")), before };
    const lateAt = query.late ? at : undefined;
    const rows = await listDue(reader, whose, { ...place, lateAt, most: ROWS_A_PAGE + 1 });
    const bodies = await listInstitutions(
      reader,
      rows.map(({ deadline }) => deadline.institutionId),
    );
    const names = new Map(bodies.map((body) => [body.id, ui.t.local(body.name)]));
    return { rows, names, figures: await countDue(reader, whose, { after: at - FIGURE_DAYS * DAY, until: at }) };
  });
  const props = {
    ...query,
    chips: chipsOf(ui, query, supervises),
    figures: found.figures,
    days: FIGURE_DAYS,
    rowsAPage: ROWS_A_PAGE,
    ...pageOf(found.rows, query, { before, after: placeFrom(c.req.query("after")) }, (row) => ({
      ...shownDeadline(needs.country, ui, row.deadline, at),
      number: row.number,
      review: query.of === "own" && row.deadline.duty === "review" ? `/staff/deadlines/${row.deadline.id}` : undefined,
      path: query.of === "own" && mayDo(role, "case.read") ? caseAddress(row.number) : undefined,
      who: found.names.get(row.deadline.institutionId) ?? "",
    })),
  };
  return page(c, duePage, props, { title: ui.t("deadlines.title"), layout: "staff" });
}

function chipsOf({ t }: Ui, query: DueQuery, supervises: boolean) {
  const chip = (label: string, to: DueQuery) => ({
    label,
    path: dueAddress(to),
    current: to.of === query.of && to.late === query.late,
  });
  const whose = (["below", "own"] as const).map((of) => chip(t(`deadlines.${of}`), { ...query, of }));
  return [
    ...(supervises ? whose : []),
    chip(t("deadlines.all"), { ...query, late: false }),
    chip(t("deadlines.onlyMissed"), { ...query, late: true }),
  ];
}

interface Places {
  readonly before: DuePlace | undefined;
  readonly after: DuePlace | undefined;
}

/** One page of rows, with where the one before and the one after begin. */
function pageOf(rows: readonly DueRow[], query: DueQuery, { before, after }: Places, show: (row: DueRow) => ShownDue) {
  const more = rows.length > ROWS_A_PAGE;
  const shown = before && more ? rows.slice(1) : rows.slice(0, ROWS_A_PAGE);
  const [first, last] = [shown[0]?.deadline, shown.at(-1)?.deadline];
  const isFirst = before ? !more : after === undefined;
  const isLast = before ? false : !more;
  return {
    rows: shown.map(show),
    previous: isFirst || !first ? undefined : dueAddress(query, { before: first }),
    next: isLast || !last ? undefined : dueAddress(query, { after: last }),
  };
}
