import type { Account } from "#accounts/index.ts";
import { recordAudit } from "#audit/index.ts";
import type { Platform } from "#platform/platform.ts";
import { type AccessRequest, openReasons, withPeople } from "./access-requests.ts";
import { listAccessOf } from "./access-store.ts";
import { openCompartments } from "./open-compartments.ts";
import { findCaseOf } from "./work-on-case.ts";

/** What was asked about one case; more than anybody asks, and few enough to open at once. */
const MOST = 20;

/**
 * Opens the requests about a case for somebody of its desk, the newest first. Their reasons lie in the case, so that
 * reading them is recorded as reading it.
 */
export async function readRequests(
  { db, now }: Pick<Platform, "db" | "now">,
  by: Account,
  number: string,
): Promise<readonly AccessRequest[] | undefined> {
  const file = await db.read((reader) => findCaseOf(reader, by.id, number));
  if (!file) return undefined;
  const open = await openCompartments({ db }, by, file.id);
  const sealed = await db.write(async (tx) => {
    if (!(await findCaseOf(tx, by.id, number))) return undefined;
    const requests = await listAccessOf(tx, file.id, MOST);
    const subject = { kind: "case", id: file.id } as const;
    if (requests.length > 0)
      await recordAudit(tx, { action: "case.read", by: { kind: "person", id: by.id }, subject, at: now() });
    return withPeople(tx, requests);
  });
  return sealed && openReasons(open, sealed);
}
