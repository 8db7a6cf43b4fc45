import { account } from "#accounts/index.ts";
import type { Country } from "#country/index.ts";
import { COLUMNS, type Column, listWaitingImportFiles, type Needed, TRIAGE } from "#institutions/index.ts";
import type { Phrase, Translate } from "#messages/messages.ts";
import type { AppContext } from "#platform/http/app.ts";
import { formState } from "#platform/http/form.ts";
import { page } from "#platform/http/page.ts";
import { importPage } from "./import-views.ts";
import type { DirectoryNeeds } from "./needs.ts";
import { waysOf } from "./ways.ts";

export const IMPORT = "/staff/institutions/import";

/** The largest file: twenty thousand institutions are about as much. */
export const MOST_MB = 4;

/** Files of one person that wait for a yes; the oldest makes room. */
export const MOST_WAITING = 5;

interface Refused {
  readonly status: 413 | 415 | 422;
  readonly phrase: Phrase;
}

/** Shows where a file is sent and what may stand in it, with what was wrong with the last one. */
export async function showImport(c: AppContext, { db, country }: DirectoryNeeds, refused?: Refused): Promise<Response> {
  const { t, moment } = c.get("ui");
  const files = await db.read((reader) => listWaitingImportFiles(reader, account.get(c).id));
  const props = {
    ways: waysOf(c),
    form: formState(new Map(), refused ? [{ field: "file", phrase: refused.phrase }] : []),
    most: MOST_MB,
    mostWaiting: MOST_WAITING,
    columns: COLUMNS.map(({ name, needed }) => ({
      name: t(`imports.column.${name}`),
      what: sayWhat(country, t, name),
      needed: sayNeeded(t, needed),
    })),
    waiting: files.map(({ id, at }) => ({ path: `${IMPORT}/${id}`, moment: moment(at) })),
  };
  const failed = refused ? { status: refused.status, failed: true } : {};
  return page(c, importPage, props, { title: t("imports.title"), layout: "staff", ...failed });
}

function sayNeeded(t: Translate, needed: Needed): string | undefined {
  return needed === "no" ? undefined : t(`imports.needed.${needed}`);
}

function sayWhat({ codeLists }: Country, t: Translate, name: Column): string {
  if (name !== "type") return t(`imports.what.${name}`);
  const types = codeLists.institution_type.filter(({ code }) => code !== TRIAGE).map(({ label }) => t.local(label));
  return t("imports.what.type", { types: types.join(", ") });
}
