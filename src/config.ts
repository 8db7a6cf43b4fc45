import { relative, resolve, sep } from "node:path";
import { z } from "zod";
import { variable } from "#platform/environment.ts";
import { isLoopback } from "#platform/http/loopback.ts";

const Environment = z.object({
  HOST: z.string().default("127.0.0.1"),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
  DATA_DIR: z.string().min(1).default("data/store"),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//)
    .optional(),
  COUNTRY: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .default("RS"),
  SECRETS_FILE: z.string().min(1).optional(),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//)
    .optional(),
  CONTACT_EMAIL: z.email().optional(),
  MAIL_FROM: z.string().min(3).default("noreply@localhost"),
  BACKUP_DIR: z.string().min(1).optional(),
  BACKUP_KEEP: z.coerce.number().int().min(1).max(3650).default(30),
  RECOVERY_IDENTITY_FILE: z.string().min(1).optional(),
  RECOVERY_RECIPIENT: z
    .string()
    .regex(/^age1[a-z0-9]{58}$/, "is not an age X25519 recipient (age1…)")
    .optional(),
});

export interface Config {
  readonly host: string;
  readonly port: number;
  /** The address people use; it decides cookies' `Secure` and which origin may send forms. */
  readonly baseUrl: string | undefined;
  readonly dataDir: string;
  readonly databaseFile: string;
  /** Sealed files, shared where there are several servers. */
  readonly filesFolder: string;
  readonly databaseUrl: string | undefined;
  readonly country: string;
  readonly secretsFile: string;
  readonly smtpUrl: string | undefined;
  readonly mailFrom: string;
  /** Where people write about barriers; shown on the accessibility page. */
  readonly contactEmail: string | undefined;
  readonly recoveryRecipient: string | undefined;
  /** Where the recovery identity lies for the command that runs now; a server never has it. */
  readonly recoveryIdentityFile: string | undefined;
  /** Where a backup goes each night, and how many of its contents stay there. */
  readonly backupDir: string | undefined;
  readonly backupKeep: number;
}

/**
 * Reads the environment once. A variable `NAME_FILE` names a file that holds the value of `NAME`.
 * @throws one error that lists every bad variable without its value, and one for secrets inside DATA_DIR or BACKUP_DIR
 */
export function loadConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const read = Environment.safeParse(withFiles(environment));
  if (!read.success) throw new Error(`The environment is not usable:\n${z.prettifyError(read.error)}`);
  const { data } = read;
  const dataDir = resolve(data.DATA_DIR);
  const secretsFile = resolve(data.SECRETS_FILE ?? `${dataDir}-secrets.json`);
  if (liesIn(dataDir, secretsFile)) throw new Error(SECRETS_IN_DATA);
  const backupDir = data.BACKUP_DIR && resolve(data.BACKUP_DIR);
  if (backupDir && liesIn(backupDir, secretsFile)) throw new Error(SECRETS_IN_BACKUPS);
  return {
    host: data.HOST,
    port: data.PORT,
    baseUrl: data.BASE_URL,
    dataDir,
    databaseFile: resolve(dataDir, "cuvam-te.sqlite"),
    filesFolder: resolve(dataDir, "files"),
    databaseUrl: data.DATABASE_URL,
    country: data.COUNTRY,
    secretsFile,
    smtpUrl: data.SMTP_URL,
    mailFrom: data.MAIL_FROM,
    contactEmail: data.CONTACT_EMAIL,
    recoveryRecipient: data.RECOVERY_RECIPIENT,
    recoveryIdentityFile: data.RECOVERY_IDENTITY_FILE,
    backupDir,
    backupKeep: data.BACKUP_KEEP,
  };
}

/** Whether what people send can be read on its way: the service answers other machines, or by a name, without TLS. */
export function isPlain({ host, baseUrl }: Pick<Config, "host" | "baseUrl">): boolean {
  if (baseUrl?.startsWith("https:")) return false;
  return !isLoopback(host) || (baseUrl !== undefined && !isLoopback(new URL(baseUrl).hostname));
}

const SECRETS_IN_DATA =
  "SECRETS_FILE lies inside DATA_DIR. Whoever takes that folder or its backup would have both: put it somewhere else.";

const SECRETS_IN_BACKUPS =
  "SECRETS_FILE lies inside BACKUP_DIR. Whoever takes the backups would have both: put it somewhere else.";

function liesIn(folder: string, file: string): boolean {
  const path = relative(folder, file);
  return path !== ".." && !path.startsWith(`..${sep}`);
}

function withFiles(environment: Readonly<Record<string, string | undefined>>): Record<string, string | undefined> {
  const given: Record<string, string | undefined> = {};
  for (const name of Object.keys(Environment.shape)) {
    given[name] = variable(environment, name);
  }
  return given;
}
