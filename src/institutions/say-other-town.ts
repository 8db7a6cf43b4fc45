import { type Country, sayTerritory } from "#country/index.ts";
import type { Translate } from "#messages/messages.ts";
import type { Resolution } from "./resolve.ts";

/** Says that the town of the named institution was taken instead of the one typed; nothing where both are the same. */
export function sayOtherTown(country: Country, t: Translate, { otherTown }: Pick<Resolution, "otherTown">): string {
  if (!otherTown) return "";
  const say = (code: string) => sayTerritory(country, t, code);
  return t("routing.otherTown", { taken: say(otherTown.taken), typed: say(otherTown.typed) });
}
