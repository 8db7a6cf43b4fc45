import { timingSafeEqual } from "node:crypto";
import { derive, keyedDigest } from "#platform/crypto/derive.ts";
import type { Secrets } from "#platform/crypto/secrets.ts";
import type { Reader } from "#platform/db/database.ts";
import { findInvitation, type Invitation } from "./invitation-store.ts";

/**
 * The token of an invitation's link. It is derived and stored nowhere, so that the page to print can be opened again
 * and a stolen database opens no account; it changes with the version.
 */
export function invitationToken(
  { pepper }: Pick<Secrets, "pepper">,
  { id, version }: Pick<Invitation, "id" | "version">,
): string {
  const mark = Buffer.from(keyedDigest(derive(pepper, "invitation"), `${id} ${version}`), "hex");
  return `${id}.${mark.subarray(0, 24).toString("base64url")}`;
}

export const invitationPath = (token: string) => `/staff/invitations/${token}`;
/** Where whoever made an invitation sees it. */
export const invitationAddress = (id: string, more = "") => `/staff/invitations/${id}${more}`;

/** The invitation whose link this is, whatever became of it; undefined where it is the link of none. */
export async function findByToken(
  reader: Reader,
  secrets: Pick<Secrets, "pepper">,
  token: string,
): Promise<Invitation | undefined> {
  const found = await findInvitation(reader, token.split(".")[0] ?? "");
  if (!found) return undefined;
  const right = Buffer.from(invitationToken(secrets, found));
  const given = Buffer.from(token);
  return given.length === right.length && timingSafeEqual(given, right) ? found : undefined;
}

export type InvitationState = "waiting" | "used" | "revoked" | "over";

export function stateOf({ usedAt, revokedAt, expiresAt }: Invitation, now: number): InvitationState {
  if (usedAt !== null) return "used";
  if (revokedAt !== null) return "revoked";
  return expiresAt <= now ? "over" : "waiting";
}
