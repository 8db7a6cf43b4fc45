import { listStaffedDesks } from "#accounts/index.ts";
import { type Country, isNightIn, isoDayIn } from "#country/index.ts";
import {
  deleteCheck,
  findLatestCheck,
  finishCheck,
  insertCheck,
  insertHoles,
  listOldChecks,
  loadWholeDirectory,
  provingSteps,
  type RoutingCheck,
} from "#institutions/index.ts";
import { randomToken } from "#platform/crypto/derive.ts";
import type { Database, Writer } from "#platform/db/database.ts";
import { inTurns, letOthersIn } from "#platform/jobs/in-turns.ts";
import type { Platform } from "#platform/platform.ts";

type Needs = Pick<Platform, "db" | "now"> & { readonly country: Country };

/** Rows of one insert: SQLite writes them in less than a turn. */
const CHUNK = 200;
const CHECKS_KEPT = 30;
/** A check that was not finished by then never will be. */
const HOUR_MS = 3_600_000;

const running = new WeakMap<Database, Promise<void>>();

/** Proves the routing of every municipality as it stands and keeps the result; who asks twice at once waits for the same. */
export async function checkRouting(needs: Needs): Promise<void> {
  const known = running.get(needs.db);
  if (known) return known;
  const check = proveAndKeep(needs, () => true).finally(() => running.delete(needs.db));
  running.set(needs.db, check);
  return check;
}

/** A server that is off at night checks by day: then a check is this old at most. */
const OLDEST_MS = 30 * HOUR_MS;

/**
 * Checks once a night in the country's time, or by day where the last nights were missed; of two servers that do it at
 * once, one keeps its result. What was never checked waits for the night, since the directory is only being filled.
 */
export async function checkRoutingNightly(needs: Needs): Promise<void> {
  const { db, country, now } = needs;
  const night = isNightIn(country, now());
  const isDue = (latest: RoutingCheck | undefined) =>
    latest === undefined
      ? night
      : (night && isoDayIn(country, latest.at) !== isoDayIn(country, now())) || now() - latest.at > OLDEST_MS;
  if (isDue(await db.read(findLatestCheck))) await proveAndKeep(needs, isDue);
}

async function proveAndKeep(
  { db, now, country }: Needs,
  isWanted: (latest: RoutingCheck | undefined) => boolean,
): Promise<void> {
  const at = now();
  const directory = await loadWholeDirectory((work) => db.read(work), country, at, listStaffedDesks, letOthersIn);
  const { holes, combinations, unanswered, incomplete } = await inTurns(provingSteps(country, directory));
  const check = { id: randomToken(), at, combinations, unanswered, incomplete };
  await db.write((tx) => insertCheck(tx, check));
  for (let from = 0; from < holes.length; from += CHUNK) {
    await db.write((tx) => insertHoles(tx, check.id, holes.slice(from, from + CHUNK)));
    await letOthersIn();
  }
  await db.write((tx) => finish(tx, check, isWanted));
  for (const id of await db.read((reader) => listOldChecks(reader, CHECKS_KEPT, at - HOUR_MS))) {
    await db.write((tx) => deleteCheck(tx, id));
    await letOthersIn();
  }
}

async function finish(
  tx: Writer,
  { id, at }: RoutingCheck,
  isWanted: (latest: RoutingCheck | undefined) => boolean,
): Promise<void> {
  if (isWanted(await findLatestCheck(tx))) await finishCheck(tx, id, at);
  else await deleteCheck(tx, id);
}
