import { eq } from "drizzle-orm";
import type { Reader, Writer } from "#platform/db/database.ts";
import { setting } from "./schema.ts";

/**
 * What the service knows of itself: how large it is, who runs it, which school it is for, in which languages it speaks
 * with the public, and to whom the keys of desks are sealed besides.
 */
export type SettingName = "size" | "operator" | "school" | "languages" | "recovery";

export async function findSetting(reader: Reader, name: SettingName): Promise<string | undefined> {
  const [row] = await reader.select().from(setting).where(eq(setting.name, name));
  return row?.value;
}

/** Sets a value whether or not there is one; only `changeSetting` calls it, which records it. */
export async function updateSetting(tx: Writer, name: SettingName, value: string): Promise<void> {
  await tx.insert(setting).values({ name, value }).onConflictDoUpdate({ target: setting.name, set: { value } });
}
