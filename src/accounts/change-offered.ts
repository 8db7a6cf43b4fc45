import { changeSetting, forgetOfferedLanguages } from "#institutions/index.ts";
import type { Language } from "#messages/messages.ts";
import type { Platform } from "#platform/platform.ts";
import type { Account } from "./account.ts";

/** Says in which languages the public is spoken with from now on; the first is for whoever asks for another. */
export async function changeOffered(
  { db, now }: Pick<Platform, "db" | "now">,
  by: Pick<Account, "id">,
  tags: readonly Language[],
): Promise<void> {
  const setting = { name: "languages", value: tags.join(",") } as const;
  await db.write((tx) => changeSetting(tx, { kind: "person", id: by.id }, now(), setting));
  forgetOfferedLanguages(db);
}
