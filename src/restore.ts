import { rmSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { forgetHead, headFile, markingAudit, verifyAudit } from "#audit/index.ts";
import {
  checkLevel,
  checkPart,
  type Hindrance,
  markingKey,
  partFile,
  type ReadPart,
  restorePart,
  whyNot,
} from "#backup/index.ts";
import { translator } from "#messages/messages.ts";
import { placeSecrets } from "#platform/crypto/secrets.ts";
import type { Database } from "#platform/db/database.ts";
import { type Found, findSchema, migrate } from "#platform/db/migrate.ts";
import { openDatabase } from "#platform/db/open.ts";
import type { Config } from "./config.ts";
import { type Opened, openRestoreSecrets } from "./open-restore-secrets.ts";
import { readRecoveryIdentity } from "./recovery-identity.ts";
import { partsAt, refuse, say, sayFault, sayMoment } from "./say-backup.ts";

const t = translator("en");

export interface RestoreCommand {
  readonly file: string;
  /** The mark of the secrets, as it stands on paper. */
  readonly mark: string | undefined;
  /** What opens reports may be of another backup than the contents. */
  readonly partsDiffer: boolean;
}

const OPTIONS = { mark: { type: "string" }, "parts-differ": { type: "boolean", default: false } } as const;

/** Takes what was typed behind the command; undefined where it names no file, several, or something unknown. */
export function restoreCommandFrom(given: readonly string[]): RestoreCommand | undefined {
  try {
    const { positionals, values } = parseArgs({ args: [...given], options: OPTIONS, allowPositionals: true });
    const [file, ...more] = positionals;
    if (!file || more.length > 0) return undefined;
    return { file: resolve(file), mark: values.mark, partsDiffer: values["parts-differ"] };
  } catch {
    return undefined;
  }
}

/**
 * Brings a backup back where nothing is yet: reads all of it first, and writes only when everything holds. Returns the
 * exit code.
 */
export async function restoreByCommand(config: Config, { file, mark, partsDiffer }: RestoreCommand): Promise<number> {
  const identity = await readRecoveryIdentity(config.recoveryIdentityFile);
  if (identity === undefined) return refuse(t("manage.admit.noIdentity"), t("manage.backup.nothing"));
  const opened = await openRestoreSecrets(config.secretsFile, identity, mark);
  if (typeof opened === "string") return refuse(opened, t("manage.backup.nothing"));
  const key = markingKey(opened.secrets);
  const read: Part[] = [];
  for (const each of partsAt(file)) {
    try {
      const part = await checkPart({ file: each, identity, key });
      checkLevel(part.header);
      read.push({ file: each, ...part });
    } catch (error) {
      return refuse(sayFault(error, each, config), t("manage.backup.nothing"));
    }
  }
  const [first, second] = read;
  if (second && first?.header.part === second.header.part)
    return refuse(t("manage.restore.sameKind", { file: first.file, other: second.file }), t("manage.backup.nothing"));
  if (second && first?.header.backup !== second.header.backup && !partsDiffer)
    return refuse(sayRefused("otherBackup", second.file, config), t("manage.backup.nothing"));
  return restore(config, { identity, key, read, opened, partsDiffer });
}

interface Part extends ReadPart {
  readonly file: string;
}

interface Restoring {
  readonly identity: string;
  readonly key: Buffer;
  readonly read: readonly Part[];
  readonly opened: Opened;
  readonly partsDiffer: boolean;
}

async function restore(config: Config, restoring: Restoring): Promise<number> {
  const { read, opened, partsDiffer } = restoring;
  const place = { file: config.databaseFile, url: config.databaseUrl };
  const found = await findSchema(place);
  if (found === "other")
    return refuse(t("manage.restore.otherStore", { place: sayPlace(config) }), t("manage.backup.nothing"));
  const refused = await refusalAt(config, found, read[0], partsDiffer);
  if (refused !== undefined) return refused;
  const placed = opened.content !== undefined && placeSecrets(config.secretsFile, opened.content);
  if (found === "nothing") await migrate(place);
  const db = markingAudit(openDatabase(place), opened.secrets);
  try {
    for (const [at, { file }] of read.entries()) {
      const wrong = await restoreOne(db, config, restoring, file);
      const before = read[at - 1];
      if (wrong !== undefined && placed && !before) rmSync(config.secretsFile);
      if (wrong !== undefined)
        return refuse(
          wrong,
          before ? t("manage.restore.halfway", { file, before: before.file }) : t("manage.backup.nothing"),
        );
      if (placed && !before) say(t("manage.restore.secretsPlaced", { file: config.secretsFile }));
    }
    return await sayAfterwards(db, restoring);
  } finally {
    await db.close();
  }
}

/** Looks, before anything is made, whether the first part may go where it is to go. */
async function refusalAt(
  config: Config,
  found: Found,
  first: Part | undefined,
  partsDiffer: boolean,
): Promise<number | undefined> {
  if (!first) return undefined;
  const { header } = first;
  const { filesFolder: files, databaseFile: file, databaseUrl: url } = config;
  const db = found === "same" ? openDatabase({ file, url }) : undefined;
  const why = db
    ? await db.read((reader) => whyNot(reader, header, { files, partsDiffer })).finally(() => db.close())
    : await whyNot(undefined, header, { files, partsDiffer });
  return why && refuse(sayRefused(why, first.file, config), t("manage.backup.nothing"));
}

/** Restores one part and says so. Returns a sentence where it was not restored, and nothing of it was written. */
async function restoreOne(
  db: Database,
  config: Config,
  { identity, key, partsDiffer }: Restoring,
  file: string,
): Promise<string | undefined> {
  const { dataDir } = config;
  const order = { file, identity, key, dataDir, partsDiffer };
  const ended = await restorePart({ db, now: Date.now }, order).catch((error: unknown) =>
    sayFault(error, file, config),
  );
  if (typeof ended === "string") return ended;
  if (ended.outcome !== "restored") return sayRefused(ended.outcome, file, config);
  const { part, rows, leftOut, apart } = ended;
  // The record ends where the backup was made, not where it ended in the store before.
  forgetHead(headFile(config.secretsFile));
  say(t(`manage.restore.${part}`, { file, place: sayPlace(config), rows, leftOut }));
  if (apart) say(t("manage.restore.apart"));
  return undefined;
}

const sayPlace = ({ databaseUrl, databaseFile }: Config) => (databaseUrl ? "DATABASE_URL" : databaseFile);

const sayRefused = (outcome: Hindrance, file: string, config: Config): string =>
  t(`manage.restore.${outcome}`, { file, place: sayPlace(config) });

/** What whoever restored has to know: whether the record holds, and what is missing. */
async function sayAfterwards(db: Database, { read, opened }: Restoring): Promise<number> {
  const [first, second] = read;
  const faults = await verifyAudit({ db, secrets: opened.secrets });
  for (const { kind, position } of faults) say(t("manage.auditFault", { kind, position }));
  if (faults.length === 0) say(t("manage.auditHolds"));
  if (!second && first?.header.part === "contents")
    say(t("manage.restore.closed", { file: partFile(first.file, "holders") }));
  if (first?.header.part === "contents") say(t("manage.restore.since", { made: sayMoment(first.header.madeAt) }));
  return faults.length === 0 ? 0 : 1;
}
