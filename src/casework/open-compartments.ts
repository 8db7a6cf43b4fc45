import { type Account, listApartKeysHeldBy, listReachableDeskKeys, openDeskKeyring } from "#accounts/index.ts";
import { CannotOpen, openText } from "#platform/crypto/seal.ts";
import { Refusal } from "#platform/http/errors.ts";
import type { Platform } from "#platform/platform.ts";
import type { EntryKind } from "./case.ts";
import { listHeld, listHeldByDesks } from "./holder-store.ts";
import { openEntry } from "./seal-entry.ts";
import type { EntryRow } from "./store.ts";

/** The identities with which entries of one case open, by compartment; they live as long as one request. */
export type OpenCompartments = ReadonlyMap<string, string>;

/**
 * Opens the compartments of a case that a person's desks hold: person → desk → compartment.
 * Throws a `Refusal` where they hold none, as after a restore of what opens other cases; `CannotOpen` where one is damaged.
 */
export async function openCompartments(
  { db }: Pick<Platform, "db">,
  by: Pick<Account, "id" | "identity">,
  caseId: string,
): Promise<OpenCompartments> {
  const { keyring, held } = await db.read(async (reader) => {
    const all = await listHeldByDesks(reader, caseId);
    const ids = all.map(({ holderId }) => holderId);
    const reached = [
      ...(await listReachableDeskKeys(reader, by.id)),
      ...(await listApartKeysHeldBy(reader, by.id, ids)),
    ];
    const keys = openDeskKeyring(reached, by.id, by.identity);
    return { keyring: keys, held: all.filter(({ holderId }) => keys.keys.has(holderId)) };
  });
  const identities = new Map<string, string>();
  for (const { compartmentId, holderId, sealed } of held) {
    if (identities.has(compartmentId)) continue;
    identities.set(compartmentId, await openText(await keyring.open(holderId), sealed));
  }
  if (identities.size === 0) throw new Refusal(409, "casework.closed.title", "casework.closed.body");
  return identities;
}

/**
 * Opens what is sealed to a person singly, such as a case that a supervisor was let into.
 * @returns undefined where nothing is, and where the person has taken up a new key since
 */
export async function openGranted(
  { db }: Pick<Platform, "db">,
  by: Pick<Account, "id" | "identity">,
  caseId: string,
): Promise<OpenCompartments | undefined> {
  const held = await db.read((reader) => listHeld(reader, caseId, "person", [by.id]));
  const identities = new Map<string, string>();
  try {
    for (const { compartmentId, sealed } of held) identities.set(compartmentId, await openText(by.identity, sealed));
  } catch (error) {
    if (error instanceof CannotOpen) return undefined;
    throw error;
  }
  return identities.size === 0 ? undefined : identities;
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
