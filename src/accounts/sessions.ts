import { randomBytes } from "node:crypto";
import { type Adapter, type DatabaseSession, Lucia, TimeSpan } from "lucia";
import { digest } from "#platform/crypto/derive.ts";
import { lock, unlock } from "#platform/crypto/secret-box.ts";
import type { Reader, Writer } from "#platform/db/database.ts";
import {
  deleteExpiredSessions,
  deleteSession,
  deleteSessionsOf,
  findSession,
  insertSession,
  listSessionsOf,
  type SessionRow,
  updateSessionExpiry,
} from "./session-store.ts";

declare module "lucia" {
  interface Register {
    Lucia: Lucia;
    DatabaseSessionAttributes: SessionAttributes;
  }
}

interface SessionAttributes {
  readonly createdAt: number;
  readonly sealedIdentity: Buffer;
  /** When all that is asked was last shown; null while the second factor is missing. */
  readonly confirmedAt: number | null;
}

/** Idle for half an hour ends a session; so do twelve hours in all, which Lucia does not know. */
export const IDLE_MS = 30 * 60_000;
const IDLE = new TimeSpan(IDLE_MS, "ms");
const ABSOLUTE_MS = 12 * 3_600_000;
/** Whose second factor is missing has this long to show it. */
const HALF_MS = 10 * 60_000;

/** Reads and writes: the database itself, or one open transaction. */
export interface SessionAccess {
  read<T>(work: (reader: Reader) => Promise<T>): Promise<T>;
  write<T>(work: (tx: Writer) => Promise<T>): Promise<T>;
}

export const within = (tx: Writer): SessionAccess => ({ read: (work) => work(tx), write: (work) => work(tx) });

/** What the two cookies hold: the session's id and the key that opens the person's identity. */
export interface SessionCookies {
  readonly id: string;
  readonly key: string;
}

const contextOf = (idHash: string) => `session ${idHash}`;

function sessionsOver(access: SessionAccess): Lucia {
  return new Lucia(adapterOver(access), {
    sessionExpiresIn: IDLE,
    getSessionAttributes: ({ createdAt, sealedIdentity, confirmedAt }) => ({ createdAt, sealedIdentity, confirmedAt }),
  });
}

/** Whose session begins, with what it opens. */
export interface Beginning {
  readonly personId: string;
  readonly identity: string;
  readonly now: number;
  /** True where a second factor is still to be shown: until then the session opens nothing but the page that asks. */
  readonly half: boolean;
}

/** Begins a session; the identity is locked under a key that is returned and stored nowhere. */
export async function beginSession(
  access: SessionAccess,
  { personId, identity, now, half }: Beginning,
): Promise<SessionCookies> {
  const id = randomBytes(25).toString("hex");
  const key = randomBytes(32);
  const sealedIdentity = lock(key, identity, contextOf(digest(id)));
  const attributes = { createdAt: now, sealedIdentity, confirmedAt: half ? null : now };
  await sessionsOver(access).createSession(personId, attributes, { sessionId: id });
  return { id, key: key.toString("base64url") };
}

export interface Resumed {
  readonly personId: string;
  readonly identity: string;
  readonly begunAt: number;
  readonly confirmedAt: number | undefined;
}

/** Whose session this is, with the opened identity; undefined when it is over, unknown or the key does not fit. */
export async function resumeSession(
  access: SessionAccess,
  { id, key }: SessionCookies,
  now: number,
): Promise<Resumed | undefined> {
  const { session } = await sessionsOver(access).validateSession(id);
  if (!session) return undefined;
  const { createdAt, sealedIdentity, confirmedAt } = session as typeof session & SessionAttributes;
  if (createdAt + (confirmedAt === null ? HALF_MS : ABSOLUTE_MS) <= now) {
    await sessionsOver(access).invalidateSession(id);
    return undefined;
  }
  try {
    const identity = unlock(Buffer.from(key, "base64url"), sealedIdentity, contextOf(digest(id))).toString("utf8");
    return { personId: session.userId, identity, begunAt: createdAt, confirmedAt: confirmedAt ?? undefined };
  } catch {
    return undefined;
  }
}

export function endSessionsOf(access: SessionAccess, personId: string): Promise<void> {
  return sessionsOver(access).invalidateUserSessions(personId);
}

/** Keeps only the SHA-256 of a session id, so that a stolen database opens no session. */
function adapterOver({ read, write }: SessionAccess): Adapter {
  const shown = (row: SessionRow, id: string): DatabaseSession => ({
    id,
    userId: row.personId,
    expiresAt: new Date(row.expiresAt),
    attributes: { createdAt: row.createdAt, sealedIdentity: row.sealedIdentity, confirmedAt: row.confirmedAt },
  });
  return {
    async getSessionAndUser(id) {
      const row = await read((reader) => findSession(reader, digest(id)));
      return row ? [shown(row, id), { id: row.personId, attributes: {} }] : [null, null];
    },
    async getUserSessions(personId) {
      const rows = await read((reader) => listSessionsOf(reader, personId));
      return rows.map((row) => shown(row, row.idHash));
    },
    setSession: ({ id, userId, expiresAt, attributes }) =>
      write((tx) =>
        insertSession(tx, { idHash: digest(id), personId: userId, expiresAt: expiresAt.getTime(), ...attributes }),
      ),
    updateSessionExpiration: (id, expiresAt) => write((tx) => updateSessionExpiry(tx, digest(id), expiresAt.getTime())),
    deleteSession: (id) => write((tx) => deleteSession(tx, digest(id))),
    deleteUserSessions: (personId) => write((tx) => deleteSessionsOf(tx, personId)),
    deleteExpiredSessions: () => write((tx) => deleteExpiredSessions(tx, Date.now())),
  };
}
