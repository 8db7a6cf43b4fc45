import { existsSync } from "node:fs";
import { serve } from "@hono/node-server";
import {
  countPeople,
  deleteExpiredSessions,
  deleteInvitationsBefore,
  deleteKnownDevicesBefore,
  findRecoveryRecipient,
  invitationHandlers,
  makeSetupToken,
} from "#accounts/index.ts";
import { chainAudit, headFile, keepHead, markingAudit, waitsTooLong } from "#audit/index.ts";
import { breachDeadlines, endFinishedAccess, noticeHandlers } from "#casework/index.ts";
import { type Country, loadCountry } from "#country/index.ts";
import { checkRoutingNightly } from "#directory/index.ts";
import { deleteImportFilesBefore } from "#institutions/index.ts";
import { loadPages } from "#library/index.ts";
import { translator } from "#messages/messages.ts";
import { loadSecrets, type Secrets } from "#platform/crypto/secrets.ts";
import type { Database } from "#platform/db/database.ts";
import { isMigrated, migrate } from "#platform/db/migrate.ts";
import { openDatabase } from "#platform/db/open.ts";
import { newCookieJar } from "#platform/http/cookies.ts";
import { deleteEndedJobs } from "#platform/jobs/store.ts";
import { newWorker, type Routine } from "#platform/jobs/worker.ts";
import { newLog } from "#platform/log.ts";
import { openMail } from "#platform/mail/mail.ts";
import { newBudgets, newLanes, type Platform } from "#platform/platform.ts";
import { purgeReporting } from "#reporting/index.ts";
import { createApp } from "./app.ts";
import { backupRoutines, copySecrets } from "./back-up-routine.ts";
import { type Config, isPlain } from "./config.ts";

/** A running service. */
export interface Service {
  readonly platform: Platform;
  readonly url: string;
  stop(): Promise<void>;
}

export interface ServeOptions {
  readonly demo: boolean;
  /** Runs after the database is ready and before the first request. */
  prepare?(platform: Platform): Promise<void>;
}

const placeOf = (config: Config) => ({ file: config.databaseFile, url: config.databaseUrl });

/** Opens what the service stands on: the migrated database, the secrets, mail and the log. */
export async function openPlatform(config: Config): Promise<Platform> {
  const place = placeOf(config);
  await migrate(place);
  const db = openDatabase(place);
  const secrets = await loadSecrets(config.secretsFile, (await db.read(countPeople)) === 0);
  return platformOver(config, db, secrets);
}

/** Opens what a service made earlier, without making or changing anything; says what is missing instead. */
export async function openExisting(config: Config): Promise<Platform | "no-store" | "no-secrets"> {
  const place = placeOf(config);
  if (!(await isMigrated(place))) return "no-store";
  if (!existsSync(config.secretsFile)) return "no-secrets";
  return platformOver(config, openDatabase(place), await loadSecrets(config.secretsFile, false));
}

function platformOver(config: Config, db: Database, secrets: Secrets): Platform {
  return {
    db: markingAudit(db, secrets),
    secrets,
    lanes: newLanes(),
    budgets: newBudgets(),
    cookies: newCookieJar(config.baseUrl?.startsWith("https:") ?? false),
    mail: openMail(config.smtpUrl, config.mailFrom),
    log: newLog(),
    now: () => Date.now(),
  };
}

/** Starts the server and its jobs; resolves when it listens. */
export async function startService(config: Config, options: ServeOptions): Promise<Service> {
  const platform = await openPlatform(config);
  const country = loadCountry(config.country);
  const { baseUrl, recoveryRecipient, contactEmail } = config;
  if (!options.demo) await warnOf(platform, config);
  await loadPages(platform, country);
  await options.prepare?.(platform);
  const app = createApp(platform, {
    country,
    baseUrl,
    recoveryRecipient,
    contactEmail,
    demo: options.demo,
    backsUp: config.backupDir !== undefined,
    // Nothing of the demonstration is anybody's.
    plain: options.demo ? false : isPlain(config) || (baseUrl === undefined && "unlessLocal"),
  });
  const worker = newWorker(platform, { ...noticeHandlers(platform), ...invitationHandlers(platform) }, [
    ...routinesOf(platform, country),
    ...backupRoutines(platform, country, config),
    headRoutine(platform, config),
  ]);
  worker.start();
  const { server, port } = await listen(app.fetch, config);
  return {
    platform,
    url: baseUrl ?? `http://${config.host}:${port}`,
    async stop() {
      await new Promise((resolve) => server.close(resolve));
      await worker.stop();
      // Whoever looks at the record of a service that stands finds nothing that waits.
      await chainAudit(platform);
      platform.mail?.close();
      await platform.db.close();
    },
  };
}

/** Says at once what an administrator would otherwise find out too late. */
async function warnOf(platform: Platform, config: Config): Promise<void> {
  const t = translator("en");
  const recipient = await findRecoveryRecipient({ ...platform, ...config });
  if (recipient === undefined) platform.log.warn({}, t("manage.noRecovery"));
  else await copySecrets(platform, config, recipient);
  if (recipient === undefined && config.backupDir) platform.log.warn({}, t("manage.backup.noRecipient"));
  if (isPlain(config)) platform.log.warn({}, t("manage.plain"));
}

/** A one-time link for the first person, as long as nobody has an account. */
export async function setupLink({ platform, url }: Service): Promise<string | undefined> {
  const token = await makeSetupToken(platform);
  return token && `${url}/staff/setup/${token}`;
}

const DAY_MS = 86_400_000;

const TEN_MINUTES_MS = 600_000;

/** A deadline is marked in the minute it passes. */
const DEADLINES_MS = 20_000;

/** So long after its end an invitation is still shown to whoever made it. */
const INVITATION_KEPT_MS = 30 * DAY_MS;

/** The end of the record is noted outside the database, once a minute and each time the service starts. */
function headRoutine({ db, secrets, log, now }: Platform, { secretsFile }: Config): Routine {
  const t = translator("en");
  const file = headFile(secretsFile);
  return {
    name: "audit head",
    everyMs: 60_000,
    run: async () => {
      // What was prepared before the start waits for this moment.
      await chainAudit({ db, secrets });
      const kept = await keepHead({ db, secrets }, file);
      if (kept !== "kept") log.error({}, t(`manage.audit.${kept}`, { file }));
      if (await waitsTooLong(db, now())) log.error({}, t("manage.audit.waiting"));
    },
  };
}

function routinesOf({ db, secrets, log, now }: Platform, country: Country): Routine[] {
  return [
    { name: "audit chain", everyMs: 1000, run: () => chainAudit({ db, secrets }) },
    { name: "purge", everyMs: 60_000, run: () => purge({ db, now }) },
    {
      name: "deadlines",
      everyMs: DEADLINES_MS,
      run: async () => void (await breachDeadlines({ db, log, now, country })),
    },
    { name: "routing", everyMs: TEN_MINUTES_MS, run: () => checkRoutingNightly({ db, now, country }) },
  ];
}

/** Ends what is over: access that was granted, drafts, sessions, files that waited a day to be imported, and jobs that ended a week ago. */
export async function purge({ db, now }: Pick<Platform, "db" | "now">): Promise<void> {
  await endFinishedAccess({ db, now });
  await purgeReporting({ db, now });
  await db.write(async (tx) => {
    await deleteExpiredSessions(tx, now());
    await deleteKnownDevicesBefore(tx, now());
    await deleteInvitationsBefore(tx, now() - INVITATION_KEPT_MS);
    await deleteImportFilesBefore(tx, now() - DAY_MS);
    await deleteEndedJobs(tx, now() - 7 * DAY_MS);
  });
}

/** A bad line may be slow; a body that takes a minute is not a person typing. */
const TIMEOUTS = { requestTimeout: 60_000, headersTimeout: 20_000 };

function listen(fetch: Parameters<typeof serve>[0]["fetch"], { host, port }: Config) {
  return new Promise<{ server: ReturnType<typeof serve>; port: number }>((resolve, reject) => {
    const server = serve({ fetch, hostname: host, port, serverOptions: TIMEOUTS }, (info) =>
      resolve({ server, port: info.port }),
    );
    server.on("error", reject);
  });
}
