import { listNames, listPeopleById, type NamedPerson } from "#accounts/index.ts";
import type { Reader } from "#platform/db/database.ts";
import { type Access, listLiveAccess, listReasons } from "./access-store.ts";
import { isOver } from "./end-finished-access.ts";
import { type OpenCompartments, openEntries } from "./open-compartments.ts";
import type { EntryRow } from "./store.ts";

/** A request as it lies in storage, with who asks and who decided. */
interface SealedRequest {
  readonly access: Access;
  readonly asker: NamedPerson | undefined;
  readonly decider: string | undefined;
  readonly reason: EntryRow | undefined;
}

/** The same with the words of whoever asks. */
export interface AccessRequest extends Omit<SealedRequest, "reason"> {
  readonly reason: string;
}

/** What waits for an answer or lets somebody in at this moment, whoever asked first on top. */
export async function listLiveRequests(reader: Reader, caseId: string, at: number): Promise<SealedRequest[]> {
  const live = await listLiveAccess(reader, caseId);
  return withPeople(
    reader,
    live.filter((access) => !isOver(access, at)),
  );
}

/** Puts people and sealed reasons beside some requests. */
export async function withPeople(reader: Reader, requests: readonly Access[]): Promise<SealedRequest[]> {
  const askers = await listPeopleById(reader, [...new Set(requests.map(({ personId }) => personId))]);
  const deciders = await listNames(
    reader,
    requests.flatMap(({ decidedBy }) => decidedBy ?? []),
  );
  const reasons = await listReasons(reader, requests);
  return requests.map((access) => ({
    access,
    asker: askers.find(({ id }) => id === access.personId),
    decider: deciders.get(access.decidedBy ?? ""),
    reason: reasons.find(({ id }) => id === access.entryId),
  }));
}

/** Opens the reasons of requests, as far as these keys do. */
export async function openReasons(
  compartments: OpenCompartments,
  requests: readonly SealedRequest[],
): Promise<AccessRequest[]> {
  const opened = await openEntries(
    compartments,
    requests.flatMap(({ reason }) => reason ?? []),
  );
  return requests.map(({ reason, ...request }) => ({
    ...request,
    reason: opened.find(({ id }) => id === reason?.id)?.text ?? "",
  }));
}
