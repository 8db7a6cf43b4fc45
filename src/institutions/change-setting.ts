import { type Actor, recordAudit } from "#audit/index.ts";
import type { Writer } from "#platform/db/database.ts";
import { type SettingName, updateSetting } from "./setting-store.ts";

/** Sets what the service knows of itself, and records which of it; the value is nobody's business who reads the audit. */
export async function changeSetting(
  tx: Writer,
  by: Actor,
  at: number,
  { name, value }: { readonly name: SettingName; readonly value: string },
): Promise<void> {
  await updateSetting(tx, name, value);
  await recordAudit(tx, {
    action: "setting.changed",
    by,
    subject: { kind: "service", id: undefined },
    at,
    detail: { setting: name },
  });
}
