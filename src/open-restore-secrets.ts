import { existsSync } from "node:fs";
import { translator } from "#messages/messages.ts";
import { CannotOpen } from "#platform/crypto/seal.ts";
import { loadSecrets, parseSecrets, type Secrets } from "#platform/crypto/secrets.ts";
import { openSecretsCopy, secretsCopyOf } from "#platform/crypto/secrets-copy.ts";
import { isMarkOf } from "#platform/crypto/secrets-mark.ts";

const t = translator("en");

/** The secrets with which a backup is restored. */
export interface Opened {
  readonly secrets: Secrets;
  /** What stood in the sealed copy, where the file itself is not there. */
  readonly content: string | undefined;
}

/**
 * The secrets of the service, from their file or from its sealed copy. Anybody could have sealed a copy, and a backup that
 * fits it: it is taken only with the mark that stands on paper, which nothing here says, so that it comes from there.
 * @param mark what was typed as the mark of the secrets
 * @returns a sentence where neither serves, or where the mark is missing or another
 */
export async function openRestoreSecrets(
  file: string,
  identity: string,
  mark: string | undefined,
): Promise<Opened | string> {
  const copy = secretsCopyOf(file);
  const opened = existsSync(file)
    ? { secrets: await loadSecrets(file, false), content: undefined }
    : await openCopy(file, identity);
  if (typeof opened === "string") return opened;
  const { secrets, content } = opened;
  if (mark === undefined) return content === undefined ? opened : t("manage.restore.markAsked", { copy });
  if (isMarkOf(secrets, mark)) return opened;
  return t("manage.restore.markWrong", { file: content === undefined ? file : copy });
}

async function openCopy(file: string, identity: string): Promise<Opened | string> {
  const copy = secretsCopyOf(file);
  try {
    const content = await openSecretsCopy(file, identity);
    return content === undefined
      ? t("manage.restore.noSecrets", { file, copy })
      : { secrets: await parseSecrets(content), content };
  } catch (error) {
    if (error instanceof CannotOpen) return t("manage.restore.copyClosed", { file: copy });
    throw error;
  }
}
