import { Hono } from "hono";
import { account, may } from "#accounts/index.ts";
import type { AppContext, AppEnv, Routes } from "#platform/http/app.ts";
import { notFound } from "#platform/http/errors.ts";
import { page, seeOther } from "#platform/http/page.ts";
import { readFields } from "#platform/http/read-body.ts";
import { type Ui, uiFor } from "#platform/views/ui.ts";
import { type ChosenEdition, publishPages, withdrawPage } from "./change-published.ts";
import { findPage, findText, type LibraryPage, type ListedPage, listPages, numbersOf } from "./library-store.ts";
import { PAGE_KINDS } from "./page-source.ts";
import { writtenIn } from "./read-folder.ts";
import type { LibraryNeeds } from "./routes.ts";
import { inScript, showText } from "./show-page.ts";
import { type DeskRow, deskPage, previewPage } from "./views.ts";

const PATH = "/staff/library";
const ONE = `${PATH}/:number{[1-9]\\d{0,4}}`;

/** Where pages are read before the public reads them, published and taken back. */
export function libraryDeskRoutes(needs: LibraryNeeds): Routes {
  const publishes = may(needs, "library.publish");
  return new Hono<AppEnv>()
    .get(PATH, publishes, (c) => showDesk(c, needs, {}))
    .post(PATH, publishes, (c) => receiveChosen(c, needs))
    .get(ONE, publishes, (c) => showPreview(c, needs))
    .post(`${ONE}/withdraw`, publishes, (c) => receiveWithdrawal(c, needs));
}

interface Answered {
  /** The number of a page that has changed meanwhile. */
  readonly changed?: number;
  /** Nothing was chosen. */
  readonly nothing?: boolean;
}

async function showDesk(c: AppContext, { db }: LibraryNeeds, { changed, nothing = false }: Answered) {
  const ui = c.get("ui");
  const all = await db.read((reader) => listPages(reader, writtenIn(ui.lang), "edition"));
  const rows = all.map((each) => deskRow(ui, each));
  const props = {
    rows,
    waiting: rows.filter(({ choice }) => choice !== undefined).length,
    wrong: nothing ? ui.t("content.nothing") : changed === undefined ? undefined : sayChanged(ui, all, changed),
  };
  const status = changed !== undefined ? 409 : nothing ? 422 : 200;
  return page(c, deskPage, props, { title: ui.t("content.title"), status, failed: status !== 200, layout: "staff" });
}

function sayChanged(ui: Ui, all: readonly ListedPage[], changed: number): string {
  const other = all.find(({ page: { number } }) => number === changed);
  return other ? ui.t("content.changed", { title: inScript(ui, other.text.title) }) : ui.t("content.unknown");
}

function deskRow(ui: Ui, { page: known, text }: ListedPage): DeskRow {
  const kind = PAGE_KINDS.find((each) => each === text.kind) ?? "form";
  return {
    path: `${PATH}/${known.number}`,
    title: inScript(ui, text.title),
    kind: ui.t(`library.kind.${kind}`),
    state: stateOf(known),
    since: ui.date(known.publishedAt ?? text.madeAt),
    choice: choiceOf(known),
  };
}

const stateOf = ({ published, edition }: LibraryPage): DeskRow["state"] =>
  published === null ? "draft" : published === edition ? "published" : "changed";
const choiceOf = ({ number, published, edition }: LibraryPage) =>
  published === edition ? undefined : `${number}.${edition}`;

const personIn = (c: AppContext) => ({ kind: "person", id: account.get(c).id }) as const;

async function receiveChosen(c: AppContext, needs: LibraryNeeds): Promise<Response> {
  const fields = await readFields(c);
  const chosen = (fields.get("page") ?? []).flatMap(choiceIn);
  if (chosen.length === 0) return showDesk(c, needs, { nothing: true });
  const refused = await publishPages(needs, personIn(c), chosen);
  return refused ? showDesk(c, needs, refused) : seeOther(c, PATH);
}

function choiceIn(text: string): ChosenEdition[] {
  const [, number, edition] = /^([1-9]\d{0,4})\.([1-9]\d{0,8})$/.exec(text) ?? [];
  return number === undefined ? [] : [{ number: Number(number), edition: Number(edition) }];
}

async function receiveWithdrawal(c: AppContext, needs: LibraryNeeds): Promise<Response> {
  const number = Number(c.req.param("number"));
  if (!(await withdrawPage(needs, personIn(c), number))) throw notFound();
  return seeOther(c, `${PATH}/${number}`);
}

/** The latest edition in any language of the public, as it would be read. */
async function showPreview(c: AppContext, { db, country }: LibraryNeeds): Promise<Response> {
  const ui = c.get("ui");
  const { tag } = country.languages.find((each) => each.tag === c.req.query("in")) ?? { tag: ui.lang };
  const found = await db.read(async (reader) => {
    const known = await findPage(reader, Number(c.req.param("number")));
    const text = known && (await findText(reader, { ...known, language: writtenIn(tag) }));
    return known && text && { known, text, numbers: await numbersOf(reader, "all") };
  });
  if (!found) throw notFound();
  const { known, text, numbers } = found;
  const path = `${PATH}/${known.number}`;
  const addressOf = (id: string) => (numbers.has(id) ? `${PATH}/${numbers.get(id)}?in=${tag}` : undefined);
  const props = {
    page: showText(uiFor(tag, country), country, text, addressOf),
    state: stateOf(known),
    choice: choiceOf(known),
    withdraw: known.published === null ? undefined : `${path}/withdraw`,
    languages: country.languages.map((each) => ({
      path: `${path}?in=${each.tag}`,
      label: each.name,
      current: each.tag === tag,
    })),
    lang: tag,
  };
  return page(c, previewPage, props, { title: ui.t("content.title"), layout: "staff" });
}
