import { Hono } from "hono";
import type { Country } from "#country/index.ts";
import type { AppContext, AppEnv, Routes } from "#platform/http/app.ts";
import { sensitive } from "#platform/http/away.ts";
import { notFound } from "#platform/http/errors.ts";
import { LANG } from "#platform/http/language.ts";
import { page } from "#platform/http/page.ts";
import type { Platform } from "#platform/platform.ts";
import { findPage, findText, type ListedPage, listPages, numbersOf } from "./library-store.ts";
import { AUDIENCES, type Audience, PAGE_KINDS } from "./page-source.ts";
import { writtenIn } from "./read-folder.ts";
import { inScript, showText } from "./show-page.ts";
import { libraryPage, pagePage } from "./views.ts";

export interface LibraryNeeds extends Pick<Platform, "db" | "cookies" | "now"> {
  readonly country: Country;
}

const PATH = "/library";

/** What anybody may read about violence and help; hidden after leaving, since its words tell what somebody reads. */
export function libraryRoutes(needs: LibraryNeeds): Routes {
  return new Hono<AppEnv>()
    .get(`${LANG}${PATH}`, sensitive(needs.cookies), (c) => showLibrary(c, needs))
    .get(`${LANG}${PATH}/:number{[1-9]\\d{0,4}}`, sensitive(needs.cookies), (c) => showPage(c, needs));
}

async function showLibrary(c: AppContext, { db }: LibraryNeeds): Promise<Response> {
  const ui = c.get("ui");
  const { t, href } = ui;
  const reader = AUDIENCES.find((each) => each === c.req.query("for"));
  const all = await db.read((store) => listPages(store, writtenIn(ui.lang), "published"));
  const chosen = all.filter(({ text }) => reader === undefined || isFor(text.audience, reader));
  const groups = PAGE_KINDS.map((kind) => ({
    heading: t(`library.kind.${kind}`),
    pages: chosen.filter(({ text }) => text.kind === kind).map((each) => listedPage(c, each)),
  }));
  const audiences = [undefined, ...AUDIENCES.filter((each) => each !== "everyone")].map((each) => ({
    path: href(each === undefined ? PATH : `${PATH}?for=${each}`),
    label: t(`library.for.${each ?? "all"}`),
    current: each === reader,
  }));
  const shown = { audiences, groups: groups.filter(({ pages }) => pages.length > 0) };
  return page(c, libraryPage, shown, { title: t("learn.title") });
}

/** Whether a page is for somebody: what is for everybody is for a child as well. */
function isFor(audience: string, reader: Audience): boolean {
  const readers = audience.split(" ");
  return readers.includes(reader) || readers.includes("everyone");
}

function listedPage(c: AppContext, { page: { number }, text }: ListedPage) {
  const ui = c.get("ui");
  return {
    path: ui.href(`${PATH}/${number}`),
    title: inScript(ui, text.title),
    summary: inScript(ui, text.summary),
  };
}

async function showPage(c: AppContext, { db, country }: LibraryNeeds): Promise<Response> {
  const ui = c.get("ui");
  const language = writtenIn(ui.lang);
  const found = await db.read(async (reader) => {
    const known = await findPage(reader, Number(c.req.param("number")));
    if (!known || known.published === null) return undefined;
    const text = await findText(reader, { id: known.id, edition: known.published, language });
    return text && { text, at: known.publishedAt ?? 0, numbers: await numbersOf(reader, "published") };
  });
  if (!found) throw notFound();
  const addressOf = (id: string) => {
    const number = found.numbers.get(id);
    return number === undefined ? undefined : ui.href(`${PATH}/${number}`);
  };
  const props = { page: showText(ui, country, found.text, addressOf), published: ui.date(found.at) };
  return page(c, pagePage, props, { title: ui.t("learn.title"), narrow: true });
}
