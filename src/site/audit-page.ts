import { AUDIT_ACTIONS, type AuditEntry } from "#audit/index.ts";
import { readDay } from "#institutions/index.ts";
import type { LocalText } from "#messages/messages.ts";
import type { Ui } from "#platform/views/ui.ts";
import type { AuditQuery } from "./audit-routes.ts";
import type { auditPage } from "./views.ts";

export const AUDIT = "/staff/audit";

type AuditPageProps = NonNullable<typeof auditPage.props>;

interface Read {
  readonly query: AuditQuery;
  readonly rows: readonly AuditEntry[];
  /** The rows at which the neighbouring pages begin. */
  readonly newer: AuditEntry | false | undefined;
  readonly older: AuditEntry | false | undefined;
  readonly people: ReadonlyMap<string, string>;
  readonly cases: ReadonlyMap<string, string>;
  readonly desks: ReadonlyMap<string, LocalText>;
  readonly institutions: ReadonlyMap<string, LocalText>;
  readonly rowsAPage: number;
}

/** Puts a page of the record into words; who has no account any more has no name. */
export function auditProps(ui: Ui, read: Read): AuditPageProps {
  const { t } = ui;
  const { query, rows, newer, older, people, rowsAPage } = read;
  const { before: _, after: __, ...kept } = query;
  const nameOf = (id: string) => people.get(id) ?? t("audit.gone");
  return {
    actions: AUDIT_ACTIONS.map((value) => ({ value, label: t(`audit.action.${value}`) })),
    action: query.action ?? "",
    from: query.from ?? "",
    until: query.until ?? "",
    wrongDay: [query.from, query.until].some((each) => each && readDay(each) === undefined),
    only: [
      ...(query.person
        ? [{ name: "person", value: query.person, label: t("audit.by", { name: nameOf(query.person) }) }]
        : []),
      ...(query.account
        ? [{ name: "account", value: query.account, label: t("audit.of", { name: nameOf(query.account) }) }]
        : []),
    ],
    filtered: Object.values(kept).some(Boolean),
    rows: rows.map((row) => ({
      at: row.at,
      when: ui.moment(row.at),
      who: sayActor(ui, read, row),
      what: sayAction(ui, row.action),
      about: saySubject(ui, read, row),
      details: sayDetails(ui, read, row.detail),
    })),
    rowsAPage,
    newer: newer ? auditAddress({ ...kept, before: sayPlace(newer) }) : undefined,
    older: older ? auditAddress({ ...kept, after: sayPlace(older) }) : undefined,
  };
}

const sayPlace = ({ at, id }: AuditEntry) => `${at}.${id}`;

export function auditAddress(query: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(query).filter((pair): pair is [string, string] => Boolean(pair[1]));
  return given.length > 0 ? `${AUDIT}?${new URLSearchParams(given)}` : AUDIT;
}

function sayAction({ t }: Ui, action: string): string {
  const known = AUDIT_ACTIONS.find((each) => each === action);
  return known ? t(`audit.action.${known}`) : action;
}

function sayActor({ t }: Ui, { people }: Read, { actorKind, actorId }: AuditEntry): string {
  if (actorKind === "person") return people.get(actorId ?? "") ?? t("audit.gone");
  return t(actorKind === "reporter" ? "audit.reporter" : "audit.system");
}

function saySubject({ t }: Ui, read: Read, { subjectKind, subjectId }: AuditEntry): string {
  const id = subjectId ?? "";
  const local = (name: LocalText | undefined) => (name ? t.local(name) : "");
  if (subjectKind === "case") return t("audit.case", { number: read.cases.get(id) ?? "" });
  if (subjectKind === "person") return id === "" ? "" : (read.people.get(id) ?? t("audit.gone"));
  if (subjectKind === "desk") return local(read.desks.get(id));
  if (subjectKind === "institution") return local(read.institutions.get(id));
  if (subjectKind === "page") return t("audit.page", { page: id });
  const rest = { audit: "audit.self", service: "audit.service", backup: "audit.backup" } as const;
  return t(rest[subjectKind as keyof typeof rest] ?? "audit.directory");
}

/** What the codes beside an entry are called; others, such as ids of files, are nobody's to read. */
const DETAILS = [
  ...(["added", "changed", "leftOut", "institutions", "fields", "what", "territory", "stage", "role"] as const),
  ...(["urgency", "shelf", "status", "where", "how", "type", "action", "days", "setting", "route", "cases"] as const),
];

/** Codes stand as they are recorded, each with what it is; people, institutions and desks are said by their names. */
function sayDetails(ui: Ui, { people, institutions, desks }: Read, detail: string): string[] {
  const { t } = ui;
  const codes = JSON.parse(detail) as Readonly<Record<string, string | number>>;
  const { from, to, person, institution, desk } = codes;
  const named = [institutions.get(String(institution)), desks.get(String(desk))].filter((name) => name !== undefined);
  return [
    ...(from === undefined ? [] : [to === undefined ? sayFrom(ui, from) : `${from} → ${to}`]),
    ...(person === undefined ? [] : [people.get(String(person)) ?? t("audit.gone")]),
    ...named.map((name) => t.local(name)),
    ...DETAILS.flatMap((name) => (codes[name] ? [`${t(`audit.detail.${name}`)}: ${codes[name]}`] : [])),
  ];
}

/** A planned opening names the moment from which it holds. */
const sayFrom = (ui: Ui, from: string | number) =>
  /^\d{12,}$/.test(String(from)) ? ui.date(Number(from)) : String(from);
