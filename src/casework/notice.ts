import { isLanguage, translator } from "#messages/messages.ts";
import { openText } from "#platform/crypto/seal.ts";
import type { Writer } from "#platform/db/database.ts";
import { enqueue } from "#platform/jobs/store.ts";
import type { JobHandlers } from "#platform/jobs/worker.ts";
import type { Platform } from "#platform/platform.ts";
import { findNotice } from "./store.ts";

const KIND = "mail.caseNotice";

/** Queues a neutral notice, if the reporter left an address; the job holds ciphertext and a language, nothing else. */
export async function queueNotice(tx: Writer, caseId: string, at: number): Promise<void> {
  const notice = await findNotice(tx, caseId);
  if (!notice) return;
  await enqueue(tx, KIND, { address: notice.sealed.toString("base64"), language: notice.language }, at);
}

/** Sends queued notices: the same neutral words every time, without a link, a number or a name. */
export function noticeHandlers({ secrets, mail }: Pick<Platform, "secrets" | "mail">): JobHandlers {
  return {
    async [KIND]({ address = "", language = "" }) {
      if (!mail) return;
      const t = translator(isLanguage(language) ? language : "en");
      const to = await openText(secrets.notice.identity, Buffer.from(address, "base64"));
      await mail.send({ to, subject: t("casework.notice.subject"), text: t("casework.notice.text") });
    },
  };
}
