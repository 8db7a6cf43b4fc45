import type { Ui } from "#platform/views/ui.ts";
import type { AccessRequest } from "./access-requests.ts";
import type { Access } from "./access-store.ts";

/** What a request has come to at a moment: the clock ends what was granted, whether or not that was cleared away. */
export function stateOf(
  { granted, endsAt, endedAt }: Pick<Access, "granted" | "endsAt" | "endedAt">,
  now: number,
): "waits" | "granted" | "refused" | "over" {
  if (granted === false) return "refused";
  if (endedAt !== null || (endsAt !== null && endsAt <= now)) return "over";
  return granted ? "granted" : "waits";
}

/** The same in words, for the one who asked and for the desk alike. */
export function sayState(ui: Pick<Ui, "t" | "moment">, access: Access, now: number): string {
  const state = stateOf(access, now);
  return state === "granted" ? sayUntil(ui, access) : ui.t(`access.state.${state}`);
}

/** Until when somebody is let in. */
export function sayUntil({ t, moment }: Pick<Ui, "t" | "moment">, { endsAt }: Pick<Access, "endsAt">): string {
  return t("access.state.granted", { moment: moment(endsAt ?? 0) });
}

/** Who asks, with where that person works. */
export function sayAsker({ t }: Pick<Ui, "t">, { asker }: Pick<AccessRequest, "asker">): string {
  if (!asker) return t("exclusions.left");
  const at = [...new Set(asker.institutions.map((each) => t.local(each)))];
  return [asker.name, ...at].join(", ");
}
