import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeBackup, markingKey, partFile, restorePart } from "#backup/index.ts";
import { openTestApp, RECOVERY_KEYS, type TestApp, type TestAppOptions } from "../support/app.ts";
import { openTestDatabase, type TestDatabase } from "../support/database.ts";
import { unpaced } from "../support/journey.ts";

/** A folder for the files of one test. */
export function newFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "cuvam-te-backup-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Backs a service up into a file; throws where that was refused. */
export async function backUpTo(file: string, { platform }: TestApp, filesFolder = `${file}.none`) {
  const made = await makeBackup(platform, { file, recipient: RECOVERY_KEYS.recipient, filesFolder });
  if (made.outcome !== "made") throw new Error(made.outcome);
  return made.parts;
}

/** What a restore is asked for; `more` replaces a key, an identity or a folder. */
export const orderFor = ({ platform }: TestApp, file: string, more: object = {}) => ({
  file,
  identity: RECOVERY_KEYS.identity,
  key: markingKey(platform.secrets),
  dataDir: `${file}.data`,
  partsDiffer: false,
  ...more,
});

export interface Restored {
  readonly database: TestDatabase;
  readonly app: TestApp;
  close(): Promise<void>;
}

/** A service on another database, to which the parts of a backup were restored. */
export async function restoredFrom(
  source: TestApp,
  file: string,
  parts: readonly ("contents" | "holders")[] = ["contents", "holders"],
): Promise<Restored> {
  const database = await openTestDatabase();
  for (const part of parts) {
    const { outcome } = await restorePart(
      { db: database.db, now: source.platform.now },
      orderFor(source, partFile(file, part)),
    );
    if (outcome !== "restored") throw new Error(outcome);
  }
  const options: TestAppOptions = { ...unpaced({ db: database.db, now: source.platform.now }), withDesk: false };
  const app = await openTestApp(options);
  return {
    database,
    app,
    async close() {
      await app.close();
      await database.close();
    },
  };
}
