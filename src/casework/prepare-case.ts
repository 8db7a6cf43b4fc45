import { deskRecipient, hasMember } from "#accounts/index.ts";
import type { Clocks } from "#country/index.ts";
import { findTriageDesk } from "#institutions/index.ts";
import { randomToken } from "#platform/crypto/derive.ts";
import { newKeyPair, seal } from "#platform/crypto/seal.ts";
import type { Database } from "#platform/db/database.ts";
import type { Platform } from "#platform/platform.ts";
import { type CaseKeys, type EntryKind, type NewCase, rankOf } from "./case.ts";
import { clocksFor, findOwner } from "./clocks.ts";
import { compartmentMark } from "./compartment-mark.ts";
import { proposeUrgency } from "./propose-urgency.ts";
import { sealEntry } from "./seal-entry.ts";
import { SHELF_RANK, shelfFor } from "./shelf.ts";
import { type EventRow, findBySubmission, type NewRows } from "./store.ts";

/** Thrown when no desk with a person and a key could open a report: it must not be taken then. */
export class NoDeskOpen extends Error {
  constructor() {
    super("no desk can open a report");
    this.name = "NoDeskOpen";
  }
}

/** A case with every text sealed, ready to be written in one transaction. */
export type PreparedCase = NewRows;

export async function newCaseKeys(): Promise<CaseKeys> {
  return { conversation: await newKeyPair(), file: await newKeyPair() };
}

/** True when a desk with an admitted person and a key receives reports. */
export async function isDeskOpen(needs: ReceiverNeeds): Promise<boolean> {
  return (await findReceiver(needs)) !== undefined;
}

/** True when the report of this submission is safely stored. */
export async function wasReceived(db: Database, submission: string): Promise<boolean> {
  return (await db.read((reader) => findBySubmission(reader, submission))) !== undefined;
}

/**
 * Seals a report to the triage desk, its fallback and the reporter's code.
 * @throws NoDeskOpen when nobody could open it
 */
export async function prepareCase(
  needs: Pick<Platform, "db" | "secrets" | "now"> & { readonly country: Clocks },
  newCase: NewCase,
): Promise<PreparedCase> {
  const receiver = await findReceiver(needs);
  const owner = receiver && (await needs.db.read((reader) => findOwner(reader, receiver.deskId)));
  if (!receiver || !owner) throw new NoDeskOpen();
  const at = needs.now();
  const caseId = randomToken();
  const urgency = proposeUrgency(newCase.facts);
  const shelf = shelfFor(newCase.facts, newCase.spamSigns);
  const { forms, ...facts } = newCase.facts;
  const detail: EventRow["detail"] = shelf ? { signs: newCase.spamSigns.join(" ") } : {};
  const compartments = { conversation: randomToken(), file: randomToken() };
  const arrival = randomToken();
  const cause = { caseId, starts: "report.received", id: arrival, at, urgency } as const;
  return {
    file: {
      ...nulled(facts),
      id: caseId,
      submission: newCase.submission,
      receivedAt: at,
      deskId: receiver.deskId,
      fallbackDeskId: receiver.fallbackDeskId,
      open: true,
      status: "received",
      urgency,
      rank: shelf ? SHELF_RANK : rankOf(urgency, false),
      shelf,
      version: 1,
      firstReadAt: null,
      unreadSince: at,
      notSafeAt: null,
      language: newCase.language,
      apartKeyId: null,
    },
    forms: forms.map((form) => ({ caseId, form })),
    compartments: (["conversation", "file"] as const).map((kind) => {
      const row = { id: compartments[kind], caseId, kind, recipient: newCase.keys[kind].recipient };
      return { ...row, mark: compartmentMark(needs.secrets, row) };
    }),
    holders: await sealHolders(newCase, compartments, receiver.keys),
    entries: await sealEntries(newCase, caseId, compartments, at),
    event: { id: arrival, caseId, at, kind: "received", byReporter: true, detail },
    deadlines: clocksFor(needs.country, cause, owner),
    notice: newCase.noticeAddress
      ? {
          caseId,
          language: newCase.language,
          sealed: await seal(needs.secrets.notice.recipient, newCase.noticeAddress),
        }
      : undefined,
  };
}

type ReceiverNeeds = Pick<Platform, "db" | "secrets">;

interface Receiver {
  readonly deskId: string;
  /** The desk that stands in for it, where it has a key too. */
  readonly fallbackDeskId: string | null;
  readonly keys: readonly { readonly deskKeyId: string; readonly recipient: string }[];
}

/** The triage desk, with its own key and its fallback's. */
function findReceiver(needs: ReceiverNeeds): Promise<Receiver | undefined> {
  return needs.db.read(async (reader) => {
    const desk = await findTriageDesk(reader);
    if (!desk || !(await hasMember(reader, desk.id))) return undefined;
    const own = await deskRecipient(reader, needs, desk.id);
    if (!own) return undefined;
    const fallback = desk.fallbackId ? await deskRecipient(reader, needs, desk.fallbackId) : undefined;
    const fallbackDeskId = fallback ? desk.fallbackId : null;
    return { deskId: desk.id, fallbackDeskId, keys: fallback ? [own, fallback] : [own] };
  });
}

function nulled(facts: Omit<NewCase["facts"], "forms">) {
  const { environment = null, institutionId = null, ageBand = null, perpetratorType = null, frequency = null } = facts;
  return { ...facts, environment, institutionId, ageBand, perpetratorType, frequency };
}

type CompartmentIds = Readonly<Record<"conversation" | "file", string>>;

async function sealHolders(
  { keys, code }: NewCase,
  ids: CompartmentIds,
  desks: Receiver["keys"],
): Promise<NewRows["holders"]> {
  const holders = [
    {
      compartmentId: ids.conversation,
      kind: "code",
      holderId: code.lookup,
      sealed: await seal(code.recipient, keys.conversation.identity),
    },
  ];
  for (const { deskKeyId, recipient } of desks) {
    for (const kind of ["conversation", "file"] as const) {
      const sealed = await seal(recipient, keys[kind].identity);
      holders.push({ compartmentId: ids[kind], kind: "desk", holderId: deskKeyId, sealed });
    }
  }
  return holders;
}

async function sealEntries(
  newCase: NewCase,
  caseId: string,
  ids: CompartmentIds,
  at: number,
): Promise<NewRows["entries"]> {
  const texts: { kind: EntryKind; compartment: "conversation" | "file"; text: string }[] = [
    { kind: "report", compartment: "conversation", text: JSON.stringify(newCase.report) },
  ];
  if (newCase.confidentialName) {
    texts.push({ kind: "reporter-name", compartment: "file", text: newCase.confidentialName });
  }
  if (newCase.withhold) {
    texts.push({ kind: "withhold", compartment: "file", text: JSON.stringify(newCase.withhold) });
  }
  return Promise.all(
    texts.map(async ({ kind, compartment, text }, index) => {
      const id = randomToken();
      const sealed = await sealEntry(newCase.keys[compartment].recipient, { caseId, entryId: id, kind }, text);
      const author = { authorKind: "reporter", authorId: null };
      return { id, caseId, compartmentId: ids[compartment], kind, position: index + 1, at, ...author, sealed };
    }),
  );
}
