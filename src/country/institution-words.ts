import type { Translate } from "#messages/messages.ts";
import { type Country, codeLabel, isCode } from "./country.ts";

/** The type of an institution in words; a code that the country no longer has is shown as it is. */
export function sayType(country: Country, t: Translate, type: string): string {
  return isCode(country, "institution_type", type) ? t.local(codeLabel(country, "institution_type", type)) : type;
}
