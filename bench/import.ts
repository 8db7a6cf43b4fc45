import { loadCountry } from "#country/index.ts";
import { importInstitutions, planInTurns } from "#institutions/import-institutions.ts";
import { insertDesks, insertInstitutions, type NewInstitution } from "#institutions/store.ts";
import { randomToken } from "#platform/crypto/derive.ts";
import type { Database } from "#platform/db/database.ts";
import { migrate } from "#platform/db/migrate.ts";
import { loadConfig } from "../src/config.ts";
import { fileOf, type InventedLine, manyInstitutions } from "../tests/support/many-institutions.ts";
import { openStore } from "./open-store.ts";
import { environmentOf, type Place } from "./server.ts";
import { watched } from "./watched.ts";

export interface ImportFigures {
  readonly lines: number;
  /** The same institutions and desks as bare rows: the floor under the import. */
  readonly bareMs: number;
  readonly importMs: number;
  /** The same file once more, which changes nothing. */
  readonly againMs: number;
  /** A file that changes every institution. */
  readonly changeMs: number;
  /** The longest time in which nobody else was served, while looking and while importing. */
  readonly lookPauseMs: number;
  readonly importPauseMs: number;
  /** What the process took at most beyond what it had before, in MiB. */
  readonly peak: number;
}

const country = loadCountry("RS");
/** After the days that the invented file says it was checked on. */
const AT = Date.parse("2026-11-22T11:00:00Z");

/** Imports a whole country, in this process; to be measured first, since the peak is that of the process. */
export async function measureImport(place: Place, part: number): Promise<ImportFigures> {
  const { databaseFile, databaseUrl } = loadConfig(environmentOf(place));
  const where = { file: databaseFile, url: databaseUrl };
  await migrate(where);
  const db = await openStore(where);
  const lines = manyInstitutions(country, Math.round(3000 * part));
  const file = fileOf(lines);
  const changed = fileOf(lines.map((line) => ({ ...line, phone: "+381 99 1" })));
  const before = process.memoryUsage().rss;
  const { pauseMs: lookPauseMs } = await watched(() => planInTurns(db, country, file, AT));
  const { ms: importMs, pauseMs: importPauseMs } = await watched(() => bring(db, file, "applied"));
  const againMs = await timed(() => bring(db, file, "nothing"));
  const changeMs = await timed(() => bring(db, changed, "applied"));
  const peak = process.resourceUsage().maxRSS / 1024 - before / 1024 / 1024;
  const rows = lines.map(bareRow);
  const bareMs = await timed(() => insertBare(db, rows));
  await db.close();
  return { lines: lines.length, bareMs, importMs, againMs, changeMs, lookPauseMs, importPauseMs, peak };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

async function bring(db: Database, file: Uint8Array, expected: string): Promise<void> {
  const order = {
    by: { kind: "system" },
    at: AT,
    importId: randomToken(),
    mark: undefined,
    rightLinesOnly: false,
  } as const;
  const { outcome } = await importInstitutions(db, country, file, order);
  if (outcome !== expected) throw new Error(`the import was ${outcome}`);
}

function bareRow({ identifier, type, name }: InventedLine): NewInstitution {
  const text = { sr: name, en: name };
  const id = randomToken();
  return {
    id,
    identifier: `bare-${identifier}`,
    type,
    name: text,
    territory: "rs-zemun",
    activeFrom: 0,
    activeTo: null,
  };
}

async function insertBare(db: Database, rows: readonly NewInstitution[]): Promise<void> {
  await db.write(async (tx) => {
    await insertInstitutions(tx, rows);
    const desks = rows.map(({ id, type, name }) => ({ id: randomToken(), institutionId: id, kind: type, name }));
    await insertDesks(
      tx,
      desks.map((desk) => ({ ...desk, fallbackId: null })),
    );
  });
}
