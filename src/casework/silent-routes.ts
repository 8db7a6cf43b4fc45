import { Hono } from "hono";
import { account, may, mayDo } from "#accounts/index.ts";
import type { AppContext, AppEnv, Routes } from "#platform/http/app.ts";
import { page } from "#platform/http/page.ts";
import type { Ui } from "#platform/views/ui.ts";
import { sayWait } from "./code-labels.ts";
import { MOST_COUNTED } from "./counts-store.ts";
import type { CaseworkNeeds } from "./inbox-routes.ts";
import { listSilentDesks, type SilentDesk } from "./silent-desks.ts";
import { type SilentRow, silentPage } from "./views.ts";

const PATH = "/staff/desks";
const ROWS_A_PAGE = 50;

/** Desks where work waits and nobody signs in, for whoever answers for them. */
export function silentRoutes(needs: CaseworkNeeds): Routes {
  return new Hono<AppEnv>().get(PATH, may(needs, "desk.silentBelow"), (c) => showSilent(c, needs));
}

async function showSilent(c: AppContext, { db, country, now }: CaseworkNeeds): Promise<Response> {
  const ui = c.get("ui");
  const { id, role } = account.get(c);
  const below = !mayDo(role, "desk.silentAll");
  const all = await db.read((reader) => listSilentDesks(reader, country, now(), { viewerId: id, below }));
  const { days, basis, verified } = country.silence;
  const { rows, previous, next } = pageOf(all, c.req.query("after"));
  const shown = rows.map((row) => silentRow(ui, row, now()));
  const props = { days, basis, verified, below, rows: shown, rowsAPage: ROWS_A_PAGE, previous, next };
  return page(c, silentPage, props, { title: ui.t("routing.silent.title"), layout: "staff" });
}

/** The desks behind a place; the place holds also when the desk that made it has answered meanwhile. */
function pageOf(all: readonly SilentDesk[], after: string | undefined) {
  const [, since = "", id = ""] = /^(\d{1,15})\.([\w-]{1,64})$/.exec(after ?? "") ?? [];
  const isBehind = (each: SilentDesk) =>
    each.since > Number(since) || (each.since === Number(since) && each.deskId > id);
  const first = since === "" ? 0 : all.findIndex(isBehind);
  const from = first < 0 ? all.length : first;
  const rows = all.slice(from, from + ROWS_A_PAGE);
  const end = from + ROWS_A_PAGE < all.length ? rows.at(-1) : undefined;
  return {
    rows,
    previous: from > 0 ? addressAfter(all[from - ROWS_A_PAGE - 1]) : undefined,
    next: end && addressAfter(end),
  };
}

const addressAfter = (desk: SilentDesk | undefined) => (desk ? `${PATH}?after=${desk.since}.${desk.deskId}` : PATH);

function silentRow(ui: Ui, { institution, desk, waiting, since, signedInAt }: SilentDesk, now: number): SilentRow {
  const { t } = ui;
  return {
    institution: t.local(institution.name),
    path: `/staff/institutions/${encodeURIComponent(institution.id)}`,
    desk: t.local(desk.name),
    waiting: waiting > MOST_COUNTED ? t("routing.silent.more", { count: MOST_COUNTED }) : String(waiting),
    longest: sayWait(t, now - since),
    signedIn: saySignedIn(ui, signedInAt),
  };
}

function saySignedIn({ t, day }: Ui, at: number | null | undefined): string {
  if (at === undefined) return t("routing.silent.nobody");
  return at === null ? t("routing.silent.never") : day(at);
}
