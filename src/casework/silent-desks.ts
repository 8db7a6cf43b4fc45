import { listLastSignIns, listWorkplaces } from "#accounts/index.ts";
import { type Country, silentSince } from "#country/index.ts";
import { type Desk, type Listed, listDesks, listRouted } from "#institutions/index.ts";
import type { Reader } from "#platform/db/database.ts";
import { listWaitingDesks, type WaitingDesk } from "./silent-store.ts";

/** A desk with waiting work where nobody signs in. */
export interface SilentDesk extends WaitingDesk {
  readonly desk: Desk;
  readonly institution: Pick<Listed, "id" | "name" | "supervisorId">;
  /** Null where nobody ever did, undefined where nobody works there. */
  readonly signedInAt: number | null | undefined;
}

/** How many ids one statement asks for. */
const CHUNK = 500;

/**
 * Lists the silent desks, whoever waits longest first.
 * @param below shows only the desks of institutions that one of the viewer's own supervises
 */
export async function listSilentDesks(
  reader: Reader,
  country: Pick<Country, "silence">,
  now: number,
  { viewerId, below }: { readonly viewerId: string; readonly below: boolean },
): Promise<readonly SilentDesk[]> {
  const waiting = await listWaitingDesks(reader, viewerId);
  const supervising = below ? await listWorkplaces(reader, viewerId) : undefined;
  const silent: SilentDesk[] = [];
  for (let from = 0; from < waiting.length; from += CHUNK) {
    const found = await silentOf(reader, waiting.slice(from, from + CHUNK), silentSince(country, now));
    silent.push(...found.filter(({ institution }) => isBelow(institution, supervising)));
  }
  return silent.sort((one, other) => one.since - other.since || (one.deskId < other.deskId ? -1 : 1));
}

async function silentOf(reader: Reader, waiting: readonly WaitingDesk[], since: number): Promise<SilentDesk[]> {
  const signIns = await listLastSignIns(
    reader,
    waiting.map(({ deskId }) => deskId),
  );
  const silent = waiting.filter(({ deskId }) => (signIns.get(deskId) ?? 0) <= since);
  const desks = await listDesks(
    reader,
    silent.map(({ deskId }) => deskId),
  );
  const institutions = await listRouted(
    reader,
    desks.map(({ institutionId }) => institutionId),
  );
  return silent.flatMap((each) => {
    const desk = desks.find(({ id }) => id === each.deskId);
    const institution = institutions.find(({ id }) => id === desk?.institutionId);
    return desk && institution ? [{ ...each, desk, institution, signedInAt: signIns.get(each.deskId) }] : [];
  });
}

function isBelow({ supervisorId }: SilentDesk["institution"], supervising: readonly string[] | undefined): boolean {
  return supervising === undefined || (supervisorId !== null && supervising.includes(supervisorId));
}
