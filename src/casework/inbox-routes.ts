import { Hono } from "hono";
import type { z } from "zod";
import { account, listDesksOf, may } from "#accounts/index.ts";
import { type CodeListName, type Country, municipalities } from "#country/index.ts";
import type { Translate } from "#messages/messages.ts";
import type { AppContext, AppEnv, Routes } from "#platform/http/app.ts";
import { fragment, page, wantsFragment } from "#platform/http/page.ts";
import type { Platform } from "#platform/platform.ts";
import type { Ui } from "#platform/views/ui.ts";
import { sayCode, sayOther, sayTerritory, sayWait } from "./code-labels.ts";
import { InboxQuery } from "./forms.ts";
import { countShelf, type InboxFilter, type InboxPlace, listInbox } from "./inbox-store.ts";
import { hasShelf, LIKELY_SPAM, overdueUntil } from "./shelf.ts";
import { sayShelf } from "./shelf-page.ts";
import { type CaseRow, listForms } from "./store.ts";
import { type InboxRow, inboxFound, inboxPage } from "./views.ts";

export interface CaseworkNeeds extends Pick<Platform, "db" | "secrets" | "cookies" | "now"> {
  readonly country: Country;
}

const ROWS_A_PAGE = 20;
/** The statuses a triage desk meets today; the others of the list come with the institutions. */
const STATUSES = ["received", "triage", "info_needed", "reopened", "closed", "not_competent"];

export function inboxRoutes(needs: CaseworkNeeds): Routes {
  return new Hono<AppEnv>().get("/staff/cases", may(needs, "case.list"), (c) => showInbox(c, needs));
}

async function showInbox(c: AppContext, needs: CaseworkNeeds): Promise<Response> {
  const ui = c.get("ui");
  const { country } = needs;
  const { after, desk: wanted, shelf, ...filters } = InboxQuery.parse(c.req.query());
  const found = await findRows(c, needs, { after, wanted, shelf, ...filters });
  const shown = found.rows.slice(0, ROWS_A_PAGE);
  const last = found.rows.length > ROWS_A_PAGE ? shown.at(-1) : undefined;
  const address = (place: string | undefined) => addressOf({ ...filters, shelf, desk: wanted, after: place });
  const props = {
    deskName: found.desk?.name ?? { sr: "", en: "" },
    desks: found.desks.map(({ id, name }) => ({ value: id, label: ui.t.local(name) })),
    desk: found.desk?.id ?? "",
    deskPath: addressOf({ shelf, desk: wanted }),
    lists: hasShelf(country) ? listsOf(ui.t, { shelf, desk: wanted, shelved: found.shelved }) : [],
    shelf,
    rows: shown.map((row) => {
      const forms = found.forms.filter((each) => each.caseId === row.id).map((each) => each.form);
      return inboxRow(country, ui, { row, forms, now: needs.now() });
    }),
    filters: filterFields(country, ui.t, filters),
    filtered: Object.values(filters).some((value) => value !== undefined),
    next: last && address(`${last.rank}.${last.receivedAt}.${last.id}`),
    first: after ? address(undefined) : undefined,
  };
  if (wantsFragment(c)) return fragment(c, inboxFound, props);
  return page(c, inboxPage, props, { title: ui.t("casework.inbox.title"), layout: "staff" });
}

type Wanted = Omit<z.infer<typeof InboxQuery>, "desk"> & { readonly wanted: string | undefined };

/** The rows of one page of a person's desk, one more than is shown, and how many lie on its shelf. */
function findRows(c: AppContext, { db, country, now }: CaseworkNeeds, query: Wanted) {
  const { status, form, territory, after, wanted, shelf } = query;
  const overdue = overdueUntil(country, now());
  return db.read(async (reader) => {
    const desks = await listDesksOf(reader, account.get(c).id);
    const desk = desks.find((each) => each.id === wanted) ?? desks[0];
    if (!desk) return { desks, desk, rows: [], forms: [], shelved: 0 };
    const chosen = { status, form, territory, shelf: shelf !== undefined, overdueUntil: overdue };
    const filter: InboxFilter = { deskId: desk.id, ...chosen };
    const rows = await listInbox(reader, filter, { after: placeFrom(after), most: ROWS_A_PAGE + 1 });
    const ids = rows.map((row) => row.id);
    const shelved = await countShelf(reader, desk.id, overdue);
    return { desks, desk, rows, forms: await listForms(reader, ids), shelved };
  });
}

const MOST_COUNTED = 99;

/** The two lists of a desk, with how many lie on the shelf. */
function listsOf(
  t: Translate,
  { shelf, desk, shelved }: { shelf: string | undefined; desk: string | undefined; shelved: number },
) {
  const count = shelved > MOST_COUNTED ? `${MOST_COUNTED}+` : String(shelved);
  return [
    { path: addressOf({ desk }), label: t("casework.shelf.inbox"), current: shelf === undefined },
    {
      path: addressOf({ desk, shelf: LIKELY_SPAM }),
      label: t("casework.shelf.tab", { count }),
      current: shelf !== undefined,
    },
  ];
}

function placeFrom(after: string | undefined): InboxPlace | undefined {
  const [rank, receivedAt, id] = after?.split(".") ?? [];
  return rank && receivedAt && id ? { rank: Number(rank), receivedAt: Number(receivedAt), id } : undefined;
}

function addressOf(query: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(query).filter(
    (pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== "",
  );
  return given.length > 0 ? `/staff/cases?${new URLSearchParams(given)}` : "/staff/cases";
}

function inboxRow(
  country: Country,
  ui: Ui,
  { row, forms, now }: { row: CaseRow; forms: string[]; now: number },
): InboxRow {
  const { t } = ui;
  const say = (list: CodeListName, code: string | null) => (code ? sayCode(country, t, list, code) : "");
  return {
    number: row.number,
    path: `/staff/cases/${row.number}`,
    urgency: row.urgency,
    notSafe: row.notSafeAt !== null,
    unread: row.unreadSince !== null,
    fresh: row.firstReadAt === null,
    forms: forms.map((form) => say("violence_form", form)).join(", "),
    environment: say("environment", row.environment),
    territory: sayTerritory(country, t, row.territory),
    status: say("report_status", row.status),
    waits: sayWait(t, now - row.receivedAt),
    shelf: sayShelf(country, ui, row, now),
  };
}

function filterFields(country: Country, t: Translate, chosen: Readonly<Record<string, string | undefined>>) {
  const fromList = (list: CodeListName, codes?: readonly string[]) =>
    country.codeLists[list]
      .filter(({ code }) => codes?.includes(code) ?? true)
      .map(({ code, label }) => ({ value: code, label: t.local(label) }));
  const places = municipalities(country).map(({ code, name }) => ({ value: code, label: t.local(name) }));
  // What a reporter does not know or say is an answer too, and a desk looks for it.
  const withOthers = (options: { value: string; label: string }[], others: readonly string[]) => [
    ...options,
    ...others.map((value) => ({ value, label: sayOther(t, value) })),
  ];
  const field = (name: string, label: string, options: { value: string; label: string }[]) => {
    return { name, label, options, value: chosen[name] ?? "" };
  };
  return [
    field("status", t("casework.filter.status"), fromList("report_status", STATUSES)),
    field("form", t("casework.filter.form"), withOthers(fromList("violence_form"), ["undisclosed"])),
    field("territory", t("casework.filter.territory"), withOthers(places, ["unsure", "undisclosed"])),
  ];
}
