import {
  admitMember,
  insertDeskMember,
  prepareAccount,
  prepareDeskKey,
  storeAccount,
  storeDeskKey,
} from "#accounts/index.ts";
import { markingAudit } from "#audit/index.ts";
import { type Country, loadCountry } from "#country/index.ts";
import { insertDesk, insertInstitution } from "#institutions/index.ts";
import { newKeyPair } from "#platform/crypto/seal.ts";
import type { Routes } from "#platform/http/app.ts";
import { newCookieJar } from "#platform/http/cookies.ts";
import { silentLog } from "#platform/log.ts";
import { newBudgets, newLanes, type Platform } from "#platform/platform.ts";
import { createApp } from "../../src/app.ts";
import { openTestDatabase, type TestDatabase } from "./database.ts";
import { SECRETS } from "./secrets.ts";

export const PASSWORD = "long enough password";
export const OPERATOR = "operator@triage.test";
export const COLLEAGUE = "colleague@triage.test";
export const STRANGER = "stranger@other.test";
/** A Sunday noon in Serbia, and the day on which the domain was studied. */
export const NOON = Date.parse("2026-11-22T11:00:00Z");

export interface TestApp {
  readonly app: Routes;
  readonly platform: Platform;
  readonly country: Country;
  readonly database: TestDatabase;
  /** Moves the service's clock. */
  pass(ms: number): void;
  close(): Promise<void>;
}

export interface TestAppOptions {
  /** Without a desk nobody could open a report. */
  readonly withDesk?: boolean;
  /** Instead of a fresh database, one that was filled before. */
  readonly database?: TestDatabase;
  readonly platform?: Partial<Platform>;
  readonly baseUrl?: string;
  readonly recoveryRecipient?: string;
  /** Most tests are about something else, and sign in with the password alone. */
  readonly secondFactor?: "required" | "offered";
}

/** The whole service on a fresh database, with a triage desk of two, its fallback, and a stranger at another desk. */
export async function openTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const database = options.database ?? (await openTestDatabase());
  let clock = NOON;
  const given: Platform = {
    db: database.db,
    secrets: SECRETS,
    lanes: newLanes(),
    budgets: newBudgets(),
    cookies: newCookieJar(options.baseUrl?.startsWith("https:") ?? false),
    mail: undefined,
    log: silentLog,
    now: () => clock,
    ...options.platform,
  };
  const platform = { ...given, db: markingAudit(given.db, given.secrets) };
  const country = loadCountry("RS");
  const { secondFactor = "offered" } = options;
  if (options.withDesk !== false && !options.database) await openDesks(platform);
  const app = createApp(platform, {
    country,
    baseUrl: options.baseUrl,
    recoveryRecipient: options.recoveryRecipient,
    demo: false,
    secondFactor,
  });
  const pass = (ms: number) => {
    clock += ms;
  };
  return { app, platform, country, database, pass, close: database.close };
}

/** The offline identity to which every desk's key is sealed as well; a real one never lies on a server. */
export const RECOVERY_KEYS = await newKeyPair();

const NAME = { sr: "Тријажни тим", en: "Triage team" };

let made: ReturnType<typeof makePeople> | undefined;

/** Stretching passwords is most of the work of opening a service, and its outcome hangs on the secrets alone. */
function peopleOf(platform: Platform): ReturnType<typeof makePeople> {
  if (platform.secrets !== SECRETS) return makePeople(platform);
  made ??= makePeople({ ...platform, lanes: newLanes() });
  return made;
}

async function makePeople(platform: Platform) {
  const person = (email: string, name: string) =>
    prepareAccount(platform, { email, name, role: "triage", language: "en", password: PASSWORD });
  const operator = await person(OPERATOR, "Olga Operator");
  const colleague = await person(COLLEAGUE, "Kosta Colleague");
  const stranger = await person(STRANGER, "Sava Stranger");
  const keys = await prepareDeskKey(platform, "desk-triage", operator.row, RECOVERY_KEYS.recipient);
  const others = await prepareDeskKey(platform, "desk-other", stranger.row, RECOVERY_KEYS.recipient);
  return { operator, colleague, stranger, keys, others };
}

/** Two desks and three people, made with the same verbs the service uses. */
export async function openDesks(platform: Platform): Promise<void> {
  const { operator, colleague, stranger, keys, others } = await peopleOf(platform);
  const at = platform.now();
  await platform.db.write(async (tx) => {
    const institution = { name: NAME, territory: "rs-novi-beograd", activeFrom: at, activeTo: null };
    await insertInstitution(tx, { ...institution, id: "inst-triage", identifier: "triage", type: "triage" });
    await insertInstitution(tx, { ...institution, id: "inst-other", identifier: "other", type: "csw" });
    const desk = { name: NAME, fallbackId: null };
    await insertDesk(tx, { ...desk, id: "desk-triage", institutionId: "inst-triage", kind: "triage" });
    await insertDesk(tx, { ...desk, id: "desk-other", institutionId: "inst-other", kind: "csw" });
    for (const each of [operator, colleague, stranger]) await storeAccount(tx, each);
    await insertDeskMember(tx, { deskId: "desk-triage", personId: operator.row.id, admittedAt: at });
    await insertDeskMember(tx, { deskId: "desk-triage", personId: colleague.row.id, admittedAt: null });
    await insertDeskMember(tx, { deskId: "desk-other", personId: stranger.row.id, admittedAt: at });
    await storeDeskKey(tx, keys, at);
    await storeDeskKey(tx, others, at);
  });
  const by = { id: operator.row.id, identity: operator.keys.identity };
  await admitMember(platform, { kind: "colleague", by }, { deskId: "desk-triage", personId: colleague.row.id });
}
