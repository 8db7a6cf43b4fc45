import { Hono } from "hono";
import { account, listRetiredKeysOf, may, type RenewNeeds, renewRetiredKeys } from "#accounts/index.ts";
import type { Country } from "#country/index.ts";
import type { AppContext, AppEnv, Routes } from "#platform/http/app.ts";
import { fragment, page, wantsFragment } from "#platform/http/page.ts";
import type { Platform } from "#platform/platform.ts";
import { InboxQuery } from "./forms.ts";
import { filterFields, inboxChips, sayFound } from "./inbox-filters.ts";
import { ROWS_A_PAGE, readInbox } from "./inbox-list.ts";
import { inboxRow } from "./inbox-row.ts";
import { listAddress, placeToken } from "./list-address.ts";
import { inboxFound, inboxPage } from "./views.ts";

export interface CaseworkNeeds extends Pick<Platform, "db" | "secrets" | "cookies" | "log" | "now"> {
  readonly country: Country;
}

export function inboxRoutes(needs: InboxNeeds): Routes {
  return new Hono<AppEnv>().get("/staff/cases", may(needs, "case.list"), (c) => showInbox(c, needs));
}

/** Whoever looks at the list makes the desk's next key, where somebody who left knows the newest one. */
type InboxNeeds = CaseworkNeeds & RenewNeeds;

async function showInbox(c: AppContext, needs: InboxNeeds): Promise<Response> {
  const ui = c.get("ui");
  const { country } = needs;
  const asked = InboxQuery.parse(c.req.query());
  const { after: _, before: __, ...query } = asked;
  const now = needs.now();
  const who = account.get(c);
  const { retired, ...found } = await needs.db.read(async (reader) => ({
    ...(await readInbox(reader, { country, personId: who.id, query: asked, now })),
    retired: await listRetiredKeysOf(reader, who.id),
  }));
  if (retired.length > 0) await renewRetiredKeys(needs, who, retired);
  const { desks, desk, counts } = found;
  const props = {
    deskName: desk?.name ?? { sr: "", en: "" },
    desks: desks.map(({ id, name }) => ({ value: id, label: ui.t.local(name) })),
    desk: desk?.id ?? "",
    clear: listAddress({ shelf: query.shelf, only: query.only, desk: query.desk }),
    chips: counts ? inboxChips(country, ui.t, { query, counts }) : [],
    found: sayFound(ui.t, counts?.found ?? 0),
    shelf: query.shelf,
    only: query.only,
    rows: found.rows.map((row) => {
      const forms = found.forms.filter((each) => each.caseId === row.id).map((each) => each.form);
      return inboxRow(country, ui, { row, forms, now, query, asked: found.asked.has(row.id) });
    }),
    filters: filterFields(country, ui.t, query),
    filtered: [query.status, query.form, query.territory].some((value) => value !== undefined),
    rowsAPage: ROWS_A_PAGE,
    previous: found.before && listAddress({ ...query, before: placeToken(found.before) }),
    next: found.after && listAddress({ ...query, after: placeToken(found.after) }),
  };
  if (wantsFragment(c)) return fragment(c, inboxFound, props);
  return page(c, inboxPage, props, { title: ui.t("casework.inbox.title"), layout: "staff" });
}
