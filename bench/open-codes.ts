import { count } from "drizzle-orm";
import { verifyAudit } from "#audit/index.ts";
import { openByCode } from "#casework/index.ts";
import { openEntries } from "#casework/open-compartments.ts";
import { caseFile } from "#casework/schema.ts";
import { listEntries } from "#casework/store.ts";
import { newLane } from "#platform/crypto/lane.ts";
import { keyPairFrom } from "#platform/crypto/seal.ts";
import { loadSecrets } from "#platform/crypto/secrets.ts";
import { stretch } from "#platform/crypto/stretch.ts";
import type { Database } from "#platform/db/database.ts";
import { openDatabase } from "#platform/db/open.ts";
import { loadConfig } from "../src/config.ts";
import { environmentOf, type Place } from "./server.ts";

export interface Opened {
  /** Codes that do not open the very text that was told under them. */
  readonly lost: number;
  readonly cases: number;
  readonly auditFaults: number;
}

/** Opens each code past the server, down to the told text, and counts the cases there are. */
export async function openCodes(place: Place, shown: ReadonlyMap<string, string>): Promise<Opened> {
  const { databaseFile, databaseUrl, secretsFile } = loadConfig(environmentOf(place));
  const db = openDatabase({ file: databaseFile, url: databaseUrl });
  const secrets = await loadSecrets(secretsFile, false);
  const lane = newLane({ width: 2, longest: Number.POSITIVE_INFINITY });
  const stories = await Promise.all(
    [...shown].map(async ([code, story]) => {
      const key = await stretch(secrets, lane, { secret: code, salt: secrets.codeSalt, length: 64 });
      return (await storyUnder(db, key).catch(() => undefined)) === story;
    }),
  );
  const [row] = await db.read((reader) => reader.select({ cases: count() }).from(caseFile));
  const auditFaults = (await verifyAudit({ db, secrets })).length;
  await db.close();
  return { lost: stories.filter((found) => !found).length, cases: row?.cases ?? 0, auditFaults };
}

async function storyUnder(db: Database, stretched: Buffer): Promise<unknown> {
  const { identity } = await keyPairFrom(stretched.subarray(32));
  const lookup = stretched.subarray(0, 32).toString("hex");
  const key = await openByCode({ db, now: Date.now }, { lookup, identity });
  if (!key) return undefined;
  const page = { below: Number.MAX_SAFE_INTEGER, most: 1 };
  const rows = await db.read((reader) => listEntries(reader, key.caseId, ["report"], page));
  const [report] = await openEntries(new Map([[key.compartmentId, key.identity]]), rows);
  return report && (JSON.parse(report.text) as { story?: unknown }).story;
}
