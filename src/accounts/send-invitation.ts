import { recordAudit } from "#audit/index.ts";
import { isLanguage, translator } from "#messages/messages.ts";
import { openText, seal } from "#platform/crypto/seal.ts";
import { enqueue } from "#platform/jobs/store.ts";
import type { JobHandlers } from "#platform/jobs/worker.ts";
import type { Platform } from "#platform/platform.ts";
import type { Account } from "./account.ts";
import { invitationPath, invitationToken } from "./invitation-link.ts";
import type { Invitation } from "./invitation-store.ts";

const KIND = "mail.invitation";

interface Needs extends Pick<Platform, "db" | "secrets" | "now"> {
  readonly baseUrl: string | undefined;
}

/** Queues the letter with the link; the job holds ciphertext and a language, nothing else. */
export async function sendInvitation(
  { db, secrets, now, baseUrl }: Needs,
  by: Pick<Account, "id">,
  invitation: Invitation,
): Promise<void> {
  if (baseUrl === undefined) return;
  const link = new URL(invitationPath(invitationToken(secrets, invitation)), baseUrl).href;
  const letter = JSON.stringify({ to: invitation.email, link });
  const sealed = (await seal(secrets.notice.recipient, letter)).toString("base64");
  const at = now();
  await db.write(async (tx) => {
    await enqueue(tx, KIND, { letter: sealed, language: invitation.language, kind: invitation.kind }, at);
    const subject = { kind: "person", id: invitation.id } as const;
    await recordAudit(tx, { action: "invitation.sent", by: { kind: "person", id: by.id }, subject, at });
  });
}

/** Sends queued letters; no name stands in them, only the link that opens one account once. */
export function invitationHandlers({ secrets, mail }: Pick<Platform, "secrets" | "mail">): JobHandlers {
  return {
    async [KIND]({ letter = "", language = "", kind = "" }) {
      if (!mail) return;
      const t = translator(isLanguage(language) ? language : "en");
      const { to, link } = JSON.parse(await openText(secrets.notice.identity, Buffer.from(letter, "base64"))) as {
        readonly to: string;
        readonly link: string;
      };
      const which = kind === "again" ? "again" : "new";
      const text = [t(`invite.letter.${which}`), link, t(`invite.letter.${which}.end`)].join("\n\n");
      await mail.send({ to, subject: t("invite.letter.subject"), text });
    },
  };
}
