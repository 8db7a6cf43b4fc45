import { type Country, codeLabel, isCode, territoryName } from "#country/index.ts";
import { type Change, type Column, type ImportPlan, sayLineFault } from "#institutions/index.ts";
import type { Translate } from "#messages/messages.ts";
import type { importTrialPage } from "./import-views.ts";

export const LISTS = ["wrong", "added", "changed", "rewritten", "left"] as const;
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
  const { rows, columns, lead, typed } = tableOf(country, t, plan, list);
  const from = Math.min(asked.from, Math.max(0, rows.length - 1));
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
    ...{ lead, columns, typed, rows: rows.slice(from, next) },
    pages: {
      before: from > 0 ? link(previous, t("imports.trial.previous", count)) : undefined,
      next: next < rows.length ? link(next, t("imports.trial.next", count)) : undefined,
    },
  };
}

function countsOf({ wrong, added, changed, rewritten, leftOut }: ImportPlan): Readonly<Record<ListName, number>> {
  return { wrong, added: added.length, changed: changed.length, rewritten: rewritten.length, left: leftOut.length };
}

function tableOf(country: Country, t: Translate, plan: ImportPlan, list: ListName): Table {
  const [line, column, text] = [t("imports.trial.line"), t("imports.trial.column"), t("imports.trial.text")];
  const [before, after] = [t("imports.trial.before"), t("imports.trial.after")];
  const heading = (name: Column) => t(`imports.column.${name}`);
  const tables: Readonly<Record<ListName, () => Table>> = {
    wrong: () => ({
      lead: undefined,
      typed: [2],
      columns: [line, column, text, t("imports.trial.fault")],
      rows: plan.faults.map((fault) => [
        String(fault.line),
        fault.column ? heading(fault.column) : "",
        fault.text,
        sayLineFault(t, fault),
      ]),
    }),
    added: () => ({
      lead: undefined,
      typed: [1],
      columns: [line, heading("identifier"), heading("name"), heading("type"), heading("municipality")],
      rows: plan.added.map(({ line: number, identifier, name, type, territory }) => [
        ...[String(number), identifier, t.local(name)],
        ...[sayType(country, t, type), sayPlace(country, t, territory)],
      ]),
    }),
    changed: () => ({
      lead: undefined,
      typed: [0, 3, 4],
      columns: [heading("identifier"), heading("name"), column, before, after],
      rows: plan.changed.flatMap(({ entry, kept, changes }) =>
        changes.map((each) => [
          ...[entry.identifier, t.local(kept.entry.name), heading(COLUMN_OF[each.field])],
          ...[each.before, each.after].map((value) => sayValue(country, t, each.field, value)),
        ]),
      ),
    }),
    rewritten: () => ({
      lead: t("imports.trial.rewritten.lead"),
      typed: [1, 2],
      columns: [line, before, after],
      rows: plan.rewritten.map((each) => [String(each.line), each.before, each.after]),
    }),
    left: () => ({
      lead: t("imports.trial.left.lead"),
      typed: [2],
      columns: [line, column, text],
      rows: plan.leftOut.map((each) => [String(each.line), heading(each.column), each.identifier]),
    }),
  };
  return tables[list]();
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
    .map((code) => sayPlace(country, t, code))
    .join(", ");
}

function sayType(country: Country, t: Translate, code: string): string {
  return isCode(country, "institution_type", code) ? t.local(codeLabel(country, "institution_type", code)) : code;
}

function sayPlace(country: Country, t: Translate, code: string): string {
  if (code === "country") return t("imports.wholeCountry");
  return country.territories.some((each) => each.code === code) ? t.local(territoryName(country, code)) : code;
}
