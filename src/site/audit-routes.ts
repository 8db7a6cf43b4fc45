import { Hono } from "hono";
import { z } from "zod";
import { account, listNames, may } from "#accounts/index.ts";
import { AUDIT_ACTIONS, type AuditEntry, type AuditPlace, recordAudit, selectAudit } from "#audit/index.ts";
import { listCaseNumbers, selectExcludedIds } from "#casework/index.ts";
import { type Country, dayStartIn } from "#country/index.ts";
import { listDesks, listInstitutions, readDay } from "#institutions/index.ts";
import type { Reader } from "#platform/db/database.ts";
import type { AppContext, AppEnv, Routes } from "#platform/http/app.ts";
import { page } from "#platform/http/page.ts";
import type { Platform } from "#platform/platform.ts";
import { AUDIT, auditProps } from "./audit-page.ts";
import { auditPage } from "./views.ts";

const ROWS_A_PAGE = 50;
const DAY_MS = 86_400_000;

export interface AuditNeeds extends Pick<Platform, "db" | "cookies" | "now"> {
  readonly country: Country;
}

const day = z.string().max(20).optional().catch(undefined);
const personId = z
  .string()
  .regex(/^[\w-]{22}$/)
  .optional()
  .catch(undefined);
const place = z
  .string()
  .regex(/^\d{1,15}\.[\w-]{1,40}$/)
  .optional()
  .catch(undefined);

/** What the address asks for; anything that is none of these is as if it were not there. */
const AuditQuery = z.object({
  action: z.enum(AUDIT_ACTIONS).optional().catch(undefined),
  person: personId,
  account: personId,
  from: day,
  until: day,
  before: place,
  after: place,
});
export type AuditQuery = z.infer<typeof AuditQuery>;

/** What everybody did, for who looks after accounts; whoever looks stands in it too. */
export function auditRoutes(needs: AuditNeeds): Routes {
  return new Hono<AppEnv>().get(AUDIT, may(needs, "audit.read"), (c) => showAudit(c, needs));
}

async function showAudit(c: AppContext, { db, now, country }: AuditNeeds): Promise<Response> {
  const query = AuditQuery.parse(c.req.query());
  const who = account.get(c);
  const at = now();
  const read = await db.read(async (reader) => {
    const found = await readPage(reader, country, query, who.id);
    return { ...found, ...(await namesOf(reader, found.rows, query)) };
  });
  // Apart from reading: everybody writes to this table, and a transaction over all of it would meet each of them.
  await db.write((tx) => {
    const detail = query.action ? { action: query.action } : {};
    const subject = { kind: "audit", id: undefined } as const;
    return recordAudit(tx, { action: "audit.read", by: { kind: "person", id: who.id }, subject, at, detail });
  });
  const props = auditProps(c.get("ui"), { query, ...read, rowsAPage: ROWS_A_PAGE });
  return page(c, auditPage, props, { title: c.get("ui").t("audit.title"), layout: "staff" });
}

async function readPage(reader: Reader, country: Country, query: AuditQuery, viewerId: string) {
  const { action, person, account: about, before, after } = query;
  const startOf = (text: string | undefined) => {
    const iso = text === undefined ? undefined : readDay(text);
    return iso === undefined ? undefined : dayStartIn(country, iso);
  };
  const until = startOf(query.until);
  const found = await selectAudit(
    reader,
    {
      ...{ action, actorId: person, personId: about, from: startOf(query.from) },
      // A day that is named last belongs to what is asked for, also where it has 23 or 25 hours.
      until: until === undefined ? undefined : startOf(nextDay(query.until)),
      hiddenCases: selectExcludedIds(reader, viewerId),
    },
    { place: placeFrom(before ?? after), backwards: before !== undefined, most: ROWS_A_PAGE + 1 },
  );
  const more = found.length > ROWS_A_PAGE;
  const some = found.slice(0, ROWS_A_PAGE);
  const rows = before === undefined ? some : some.toReversed();
  return {
    rows,
    newer: before === undefined ? after !== undefined && rows[0] : more && rows[0],
    older: (before === undefined ? more : true) && rows.at(-1),
  };
}

function nextDay(text: string | undefined): string | undefined {
  const iso = text === undefined ? undefined : readDay(text);
  return iso === undefined ? undefined : new Date(Date.parse(`${iso}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
}

function placeFrom(text: string | undefined): AuditPlace | undefined {
  const [at, id] = text?.split(".") ?? [];
  return at && id ? { at: Number(at), id } : undefined;
}

/** The names of everybody and everything that the rows tell of. */
async function namesOf(reader: Reader, rows: readonly AuditEntry[], { person, account: about }: AuditQuery) {
  const idsOf = (kind: string) => rows.flatMap((row) => (row.subjectKind === kind ? (row.subjectId ?? []) : []));
  const details = rows.map((row) => JSON.parse(row.detail) as Readonly<Record<string, string>>);
  const people = [...rows.flatMap((row) => row.actorId ?? []), ...details.flatMap((each) => each.person ?? [])];
  const desks = [...idsOf("desk"), ...details.flatMap((each) => each.desk ?? [])];
  const named = await listInstitutions(reader, [
    ...idsOf("institution"),
    ...details.flatMap((each) => each.institution ?? []),
  ]);
  return {
    people: await listNames(reader, [
      ...people,
      ...idsOf("person"),
      ...(person ? [person] : []),
      ...(about ? [about] : []),
    ]),
    cases: await listCaseNumbers(reader, idsOf("case")),
    desks: new Map((await listDesks(reader, [...new Set(desks)])).map(({ id, name }) => [id, name])),
    institutions: new Map(named.map(({ id, name }) => [id, name])),
  };
}
