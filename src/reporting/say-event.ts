import type { readAsReporter } from "#casework/index.ts";
import { isMessageKey, type Translate } from "#messages/messages.ts";
import type { Address } from "./voice.ts";

type Event = NonNullable<Awaited<ReturnType<typeof readAsReporter>>>["events"][number];

/** Kinds whose name is no word of a key. */
const NAMES: Readonly<Record<string, string>> = { "not-safe": "notSafe" };

/**
 * Says to whoever reported what happened to the report, without the desk's own words for it; what has no sentence yet
 * is said to be some news, since a code on the page would only frighten.
 */
export function sayEvent(t: Translate, address: Address, { kind, detail }: Pick<Event, "kind" | "detail">): string {
  const name = NAMES[kind] ?? kind;
  // What happened to a deadline is said of what was owed.
  const ofDuty = `tracking.event.${kind}.${detail.duty}.${address}`;
  if (isMessageKey(ofDuty)) return t.phrase({ key: ofDuty });
  const key = kind === "status" ? `tracking.status.${detail.status}.${address}` : `tracking.event.${name}.${address}`;
  return isMessageKey(key) ? t.phrase({ key }) : t(`tracking.event.other.${address}`);
}
