import { type CodeListName, type Country, codeLabel, isCode, municipality } from "#country/index.ts";
import { type Placed, type Resolution, routingAddress } from "#institutions/index.ts";
import type { Translate } from "#messages/messages.ts";
import type { ReadCase } from "./read-case.ts";
import type { ShownAnswers } from "./views.ts";

type Codes = Pick<ReadCase, "file" | "forms">;

/** What decides who answers for a case: its clear codes alone, so that an address with them tells no more than the list. */
export function placedOf(country: Country, { file, forms }: Codes): Placed {
  const known = (list: CodeListName, code: string | null) => (code && isCode(country, list, code) ? code : undefined);
  return {
    forms: forms.filter((form) => isCode(country, "violence_form", form)),
    setting: known("environment", file.environment),
    harmer: known("perpetrator_type", file.perpetratorType),
    territory: file.territory,
    institutionId: file.institutionId ?? undefined,
  };
}

/** Who answers for a case, in words, with the way to the reasons. */
export function shownAnswers(
  country: Country,
  t: Translate,
  codes: Codes,
  { answering, holes }: Resolution,
): ShownAnswers {
  const say = (type: string) => t.local(codeLabel(country, "institution_type", type));
  const { file } = codes;
  return {
    bodies: answering.map(({ institution, rules }) => ({
      name: t.local(institution.name),
      type: say(institution.type),
      basis: [...new Set(rules.map(({ basis }) => t.local(basis)))],
    })),
    missing: holes.map(({ type }) => say(type)).join(", "),
    noPlace: municipality(country, file.territory) === undefined && file.institutionId === null,
    why: whyAddress(country, placedOf(country, codes)),
  };
}

function whyAddress(country: Country, { territory, forms, institutionId: at, ...said }: Placed): string {
  return routingAddress({ ...said, place: municipality(country, territory)?.code, form: forms, at });
}
