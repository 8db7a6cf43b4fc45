import { type Account, listHeldDeskKeys } from "#accounts/index.ts";
import { CannotOpen, openText } from "#platform/crypto/seal.ts";
import type { Reader } from "#platform/db/database.ts";
import type { EntryKind } from "./case.ts";
import { openEntry } from "./seal-entry.ts";
import { type EntryRow, type HeldCompartment, listHeld } from "./store.ts";

/** The identities with which entries of one case open, by compartment; they live as long as one request. */
export type OpenCompartments = ReadonlyMap<string, string>;

/** What a person needs to open a case: read inside a transaction, opened after it. */
export interface SealedWay {
  readonly deskKeys: readonly { readonly deskKeyId: string; readonly sealed: Buffer }[];
  readonly held: readonly HeldCompartment[];
}

export async function findWay(reader: Reader, caseId: string, personId: string): Promise<SealedWay> {
  const deskKeys = await listHeldDeskKeys(reader, personId);
  const held = await listHeld(
    reader,
    caseId,
    "desk",
    deskKeys.map((key) => key.deskKeyId),
  );
  return { deskKeys, held };
}

/** Opens the compartments a person's desks hold: person → desk → compartment. Throws `CannotOpen` when none opens. */
export async function openWay(account: Pick<Account, "identity">, way: SealedWay): Promise<OpenCompartments> {
  const identities = new Map<string, string>();
  const desks = new Map<string, Promise<string>>();
  for (const { compartmentId, holderId, sealed } of way.held) {
    if (identities.has(compartmentId)) continue;
    const key = way.deskKeys.find((each) => each.deskKeyId === holderId);
    if (!key) continue;
    const desk = desks.get(holderId) ?? openText(account.identity, key.sealed);
    desks.set(holderId, desk);
    identities.set(compartmentId, await openText(await desk, sealed));
  }
  if (identities.size === 0) throw new CannotOpen();
  return identities;
}

export interface OpenedEntry {
  readonly id: string;
  readonly kind: EntryKind;
  readonly position: number;
  readonly at: number;
  readonly authorKind: string;
  readonly authorId: string | null;
  readonly text: string;
}

/** Opens those entries whose compartment is open; the others stay out of the list. */
export async function openEntries(compartments: OpenCompartments, rows: readonly EntryRow[]): Promise<OpenedEntry[]> {
  const opened: OpenedEntry[] = [];
  for (const row of rows) {
    const identity = compartments.get(row.compartmentId);
    if (!identity) continue;
    const kind = row.kind as EntryKind; // Only this feature writes the column.
    const text = await openEntry(identity, { caseId: row.caseId, entryId: row.id, kind }, row.sealed);
    const { id, position, at, authorKind, authorId } = row;
    opened.push({ id, kind, position, at, authorKind, authorId, text });
  }
  return opened;
}
