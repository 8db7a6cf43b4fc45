import { Hono } from "hono";
import { account, listDesksOf, may } from "#accounts/index.ts";
import { type CodeListName, type Country, municipalities } from "#country/index.ts";
import type { Translate } from "#messages/messages.ts";
import type { AppContext, AppEnv, Routes } from "#platform/http/app.ts";
import { fragment, page, wantsFragment } from "#platform/http/page.ts";
import type { Platform } from "#platform/platform.ts";
import { sayCode, sayOther, sayTerritory, sayWait } from "./code-labels.ts";
import { InboxQuery } from "./forms.ts";
import { type InboxFilter, type InboxPlace, listInbox } from "./inbox-store.ts";
import { type CaseRow, listForms } from "./store.ts";
import { type InboxRow, inboxPage, inboxRows } from "./views.ts";

export interface CaseworkNeeds extends Pick<Platform, "db" | "secrets" | "cookies" | "now"> {
  readonly country: Country;
}

const ROWS_A_PAGE = 20;
/** The statuses a triage desk meets today; the others of the list come with the institutions. */
const STATUSES = ["received", "triage", "info_needed", "reopened", "closed", "not_competent"];

export function inboxRoutes(needs: CaseworkNeeds): Routes {
  return new Hono<AppEnv>().get("/staff/cases", may(needs, "case.list"), (c) => showInbox(c, needs));
}

async function showInbox(c: AppContext, { db, country, now }: CaseworkNeeds): Promise<Response> {
  const { t } = c.get("ui");
  const { after, desk: wanted, ...query } = InboxQuery.parse(c.req.query());
  const filters = { status: query.status, form: query.form, territory: query.territory };
  const found = await db.read(async (reader) => {
    const desks = await listDesksOf(reader, account.get(c).id);
    const desk = desks.find((each) => each.id === wanted) ?? desks[0];
    if (!desk) return { desks, desk, rows: [], forms: [] };
    const filter: InboxFilter = { deskId: desk.id, ...filters };
    const rows = await listInbox(reader, filter, { after: placeFrom(after), most: ROWS_A_PAGE + 1 });
    return {
      desks,
      desk,
      rows,
      forms: await listForms(
        reader,
        rows.map((row) => row.id),
      ),
    };
  });
  const shown = found.rows.slice(0, ROWS_A_PAGE);
  const last = found.rows.length > ROWS_A_PAGE ? shown.at(-1) : undefined;
  const address = (place: string | undefined) => addressOf({ ...filters, desk: wanted, after: place });
  const props = {
    deskName: found.desk?.name ?? { sr: "", en: "" },
    desks: found.desks.map(({ id, name }) => ({ value: id, label: t.local(name) })),
    desk: found.desk?.id ?? "",
    deskPath: addressOf({ desk: wanted }),
    rows: shown.map((row) => {
      const forms = found.forms.filter((each) => each.caseId === row.id).map((each) => each.form);
      return inboxRow(country, t, { row, forms, now: now() });
    }),
    filters: filterFields(country, t, filters),
    filtered: Object.values(filters).some((value) => value !== undefined),
    next: last && address(`${last.rank}.${last.receivedAt}.${last.id}`),
    first: after ? address(undefined) : undefined,
  };
  if (wantsFragment(c)) return fragment(c, inboxRows, props);
  return page(c, inboxPage, props, { title: t("casework.inbox.title"), layout: "staff" });
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
  t: Translate,
  { row, forms, now }: { row: CaseRow; forms: string[]; now: number },
): InboxRow {
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
