import { caseEvent, caseFile, caseForm, compartment, deadline, entry, holder } from "#casework/schema.ts";
import { findTriageDesk } from "#institutions/index.ts";
import { randomToken } from "#platform/crypto/derive.ts";
import type { Writer } from "#platform/db/database.ts";
import { loadConfig } from "../src/config.ts";
import { openStore } from "./open-store.ts";
import { environmentOf, type Place } from "./server.ts";

const BATCH = 500;
const FORMS = ["physical", "psychological", "sexual", "neglect"];
const PLACES = ["rs-zemun", "rs-palilula", "rs-novi-beograd", "rs-vracar"];
const STATUSES = ["received", "triage", "info_needed", "closed"];
const HOLDER_BYTES = 400;
const REPORT_BYTES = 1500;

/** Fills the triage desk with cases that look real from outside; their seals hold nothing. */
export async function addDummyCases(place: Place, count: number): Promise<void> {
  const { databaseFile, databaseUrl } = loadConfig(environmentOf(place));
  const db = await openStore({ file: databaseFile, url: databaseUrl });
  const desk = await db.read(findTriageDesk);
  if (!desk) throw new Error("no triage desk");
  for (let left = count; left > 0; left -= BATCH) {
    await db.write((tx) => insertBatch(tx, desk, Math.min(BATCH, left)), { durable: false });
  }
  await db.close();
}

type Desk = NonNullable<Awaited<ReturnType<typeof findTriageDesk>>>;

async function insertBatch(tx: Writer, desk: Desk, count: number): Promise<void> {
  const files = Array.from({ length: count }, (_, turn) => dummyFile(desk.id, turn));
  await tx.insert(caseFile).values(files);
  const forms = files.map(({ id }, turn) => ({ caseId: id, form: FORMS[turn % FORMS.length]! }));
  await tx.insert(caseForm).values(forms);
  const parts = files.flatMap(({ id }) =>
    ["conversation", "file"].map((kind) => ({ id: randomToken(), caseId: id, kind, recipient: "age1" })),
  );
  await tx.insert(compartment).values(parts);
  const sealed = Buffer.alloc(HOLDER_BYTES);
  const held = parts.map(({ id }) => ({ compartmentId: id, kind: "desk", holderId: "dummy", sealed }));
  const codes = parts.filter(({ kind }) => kind === "conversation");
  await tx
    .insert(holder)
    .values([
      ...held,
      ...codes.map(({ id }) => ({ compartmentId: id, kind: "code", holderId: randomToken(32), sealed })),
    ]);
  await tx.insert(entry).values(codes.map(({ id, caseId }) => dummyEntry(caseId, id)));
  await tx.insert(caseEvent).values(files.map(({ id, receivedAt }) => dummyEvent(id, receivedAt)));
  await tx.insert(deadline).values(files.flatMap((file) => dummyDeadlines(desk, file)));
}

function dummyFile(deskId: string, turn: number): typeof caseFile.$inferInsert {
  const status = STATUSES[turn % STATUSES.length]!;
  const open = status !== "closed";
  const facts = { danger: "no", role: "victim_child", identityMode: "anonymous", environment: "family" };
  return {
    ...facts,
    id: randomToken(),
    number: `2026-${randomToken(9)}`,
    submission: randomToken(),
    receivedAt: Date.now() + turn,
    deskId,
    open,
    status,
    urgency: "p3",
    rank: 3,
    version: 1,
    language: "sr",
    territory: PLACES[Math.floor(turn / 4) % PLACES.length]!,
  };
}

const DAY = 86_400_000;

/** One that was met, and one that runs for as long as the case is open. */
function dummyDeadlines(
  { id: deskId, institutionId }: Desk,
  { id: caseId, receivedAt, open }: typeof caseFile.$inferInsert,
): (typeof deadline.$inferInsert)[] {
  const clock = (duty: string, days: number, metAt: number | null) => {
    const due = receivedAt + days * DAY;
    const rule = { ruleId: `triage.${duty}`, ruleVersion: 1, duty };
    return {
      id: randomToken(),
      caseId,
      deskId,
      institutionId,
      ...rule,
      startedAt: receivedAt,
      firstDueAt: due,
      dueAt: due,
      metAt,
    };
  };
  return [clock("read", 1, receivedAt + 1), clock("decide", 3, open ? null : receivedAt + 2)];
}

function dummyEntry(caseId: string, compartmentId: string): typeof entry.$inferInsert {
  const author = { authorKind: "reporter", authorId: null };
  const sealed = Buffer.alloc(REPORT_BYTES);
  return { id: randomToken(), caseId, compartmentId, kind: "report", position: 1, at: Date.now(), ...author, sealed };
}

function dummyEvent(caseId: string, at: number): typeof caseEvent.$inferInsert {
  return { id: randomToken(), caseId, at, kind: "received", byReporter: true, detail: {} };
}
