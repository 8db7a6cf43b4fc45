import { type Country, sayTerritory, sayType } from "#country/index.ts";
import { type Change, type Column, type ImportPlan, sayLineFault } from "#institutions/index.ts";
import type { Translate } from "#messages/messages.ts";
import type { importTrialPage } from "./import-views.ts";

/** In the order in which they need eyes. */
export const LISTS = ["wrong", "ending", "changed", "added", "rewritten", "noFallback", "left"] as const;
export type ListName = (typeof LISTS)[number];

type TrialProps = NonNullable<typeof importTrialPage.props>;
type Table = Pick<TrialProps, "columns" | "rows" | "lead" | "typed">;

const ROWS_A_PAGE = 100;

interface Asked {
  readonly path: string;
  readonly list: ListName | undefined;
  /** How many rows stand before the shown ones. */
  readonly from: number;
  readonly differs: boolean;
}

/** One page of what a plan would do; without a list that was asked for, the first that holds something. */
export function importTrialProps(
  country: Country,
  t: Translate,
  plan: ImportPlan,
  asked: Asked,
): Omit<TrialProps, "ways"> {
  const counts = countsOf(plan);
  const list = asked.list ?? LISTS.find((name) => counts[name] > 0) ?? "added";
  const all = listsIn(plan);
  const { length } = all[list];
  const from = Math.min(asked.from, Math.max(0, length - 1));
  const link = (at: number, label: string) => ({ path: `${asked.path}?list=${list}&from=${at}`, label });
  const count = { count: ROWS_A_PAGE };
  const previous = Math.max(0, from - ROWS_A_PAGE);
  const next = from + ROWS_A_PAGE;
  return {
    path: asked.path,
    mark: plan.mark,
    differs: asked.differs,
    unknown: plan.unknown.join(", "),
    ...{ same: plan.same, notNamed: plan.notNamed, wrong: plan.wrong },
    count: plan.added.length + plan.changed.length,
    lists: LISTS.map((name) => ({
      path: `${asked.path}?list=${name}`,
      label: t(`imports.trial.list.${name}`, { count: counts[name] }),
      current: name === list,
    })),
    caption: t(`imports.trial.list.${list}`, { count: counts[list] }),
    ...tableOf(country, t, all, { list, from }),
    pages: {
      before: from > 0 ? link(previous, t("imports.trial.previous", count)) : undefined,
      next: next < length ? link(next, t("imports.trial.next", count)) : undefined,
    },
  };
}

function countsOf(plan: ImportPlan): Readonly<Record<ListName, number>> {
  const { wrong, endings, added, changed, rewritten, withoutFallback, leftOut } = plan;
  const counts = { ending: endings.length, added: added.length, changed: changed.length };
  const toRead = { rewritten: rewritten.length, noFallback: withoutFallback.length };
  return { wrong, ...counts, ...toRead, left: leftOut.length };
}

/** What stands in each list, before anything of it is put into words. */
function listsIn(plan: ImportPlan) {
  const { faults, endings, added, rewritten, withoutFallback, leftOut } = plan;
  const changed = plan.changed.flatMap(({ entry, kept, changes }) =>
    changes.map((change) => ({ entry, kept, change })),
  );
  const toRead = { rewritten, noFallback: withoutFallback };
  return { wrong: faults, ending: endings, changed, added, ...toRead, left: leftOut };
}

const MOST_NAMED = 5;

function sayNamedBy(t: Translate, namedBy: readonly string[]): string {
  if (namedBy.length === 0) return t("imports.trial.ending.nobody");
  const more = namedBy.length > MOST_NAMED ? ", …" : "";
  const names = `${namedBy.slice(0, MOST_NAMED).join(", ")}${more}`;
  return t("imports.trial.ending.named", { count: namedBy.length, names });
}

/** A file may make rows without end, so that those of the page alone are put into words. */
function tableOf(
  country: Country,
  t: Translate,
  all: ReturnType<typeof listsIn>,
  { list, from }: { readonly list: ListName; readonly from: number },
): Table {
  const onPage = <Row>(rows: readonly Row[]) => rows.slice(from, from + ROWS_A_PAGE);
  const [line, column, text] = [t("imports.trial.line"), t("imports.trial.column"), t("imports.trial.text")];
  const [before, after] = [t("imports.trial.before"), t("imports.trial.after")];
  const heading = (name: Column) => t(`imports.column.${name}`);
  const tables: Readonly<Record<ListName, () => Table>> = {
    wrong: () => ({
      lead: undefined,
      typed: [2],
      columns: [line, column, text, t("imports.trial.fault")],
      rows: onPage(all.wrong).map((fault) => [
        String(fault.line),
        fault.column ? heading(fault.column) : "",
        fault.text,
        sayLineFault(t, fault),
      ]),
    }),
    ending: () => endingTable(t, onPage(all.ending)),
    added: () => entryTable(country, t, onPage(all.added)),
    changed: () => ({
      lead: undefined,
      typed: [0, 3, 4],
      columns: [heading("identifier"), heading("name"), column, before, after],
      rows: onPage(all.changed).map(({ entry, kept, change }) => [
        ...[entry.identifier, t.local(kept.entry.name), heading(COLUMN_OF[change.field])],
        ...[change.before, change.after].map((value) => sayValue(country, t, change.field, value)),
      ]),
    }),
    rewritten: () => ({
      lead: t("imports.trial.rewritten.lead"),
      typed: [1, 2],
      columns: [line, before, after],
      rows: onPage(all.rewritten).map((each) => [String(each.line), each.before, each.after]),
    }),
    noFallback: () => ({
      ...entryTable(country, t, onPage(all.noFallback)),
      lead: t("imports.trial.noFallback.lead"),
    }),
    left: () => ({
      lead: t("imports.trial.left.lead"),
      typed: [2],
      columns: [line, column, text],
      rows: onPage(all.left).map((each) => [String(each.line), heading(each.column), each.identifier]),
    }),
  };
  return tables[list]();
}

function entryTable(country: Country, t: Translate, entries: ImportPlan["added"]): Table {
  const headings = ["identifier", "name", "type", "municipality"] as const;
  return {
    lead: undefined,
    typed: [1],
    columns: [t("imports.trial.line"), ...headings.map((name) => t(`imports.column.${name}`))],
    rows: entries.map(({ line, identifier, name, type, territory }) => [
      ...[String(line), identifier, t.local(name)],
      ...[sayType(country, t, type), sayTerritory(country, t, territory)],
    ]),
  };
}

function endingTable(t: Translate, endings: ImportPlan["endings"]): Table {
  const heading = (name: Column) => t(`imports.column.${name}`);
  return {
    lead: t("imports.trial.ending.lead"),
    typed: [1],
    columns: [
      ...[t("imports.trial.line"), heading("identifier"), heading("name"), heading("active_to")],
      t("imports.trial.ending.by"),
    ],
    rows: endings.map(({ entry, namedBy }) => [
      ...[String(entry.line), entry.identifier, t.local(entry.name), entry.activeTo ?? ""],
      sayNamedBy(t, namedBy),
    ]),
  };
}

const COLUMN_OF: Readonly<Record<Change["field"], Column>> = {
  ...{ type: "type", name: "name", territory: "municipality", covers: "covers", address: "address", phone: "phone" },
  ...{ hours: "hours_sr", verifiedOn: "verified_on", parent: "parent", supervisor: "supervisor" },
  ...{ fallback: "fallback", activeFrom: "active_from", activeTo: "active_to", desk: "desk", contact: "contact_name" },
};

function sayValue(country: Country, t: Translate, field: Change["field"], value: string): string {
  if (value === "") return t("imports.trial.nothingBefore");
  if (field === "type") return sayType(country, t, value);
  if (field !== "territory" && field !== "covers") return value;
  return value
    .split("|")
    .map((code) => sayTerritory(country, t, code))
    .join(", ");
}
