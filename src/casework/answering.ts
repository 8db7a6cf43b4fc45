import { type CodeListName, type Country, isCode, municipality, sayType } from "#country/index.ts";
import {
  type Answering,
  type Placed,
  type Resolution,
  routingAddress,
  type Step,
  sayOtherTown,
  type Way,
} from "#institutions/index.ts";
import type { Ui } from "#platform/views/ui.ts";
import type { ReadCase } from "./read-case.ts";
import { reportOf } from "./report-answers.ts";
import type { ShownAnswers, ShownBody } from "./views.ts";

type Codes = Pick<ReadCase, "file" | "forms" | "single">;

/** What decides who answers for a case: its clear codes, and the age of who harms out of the opened report. */
export function placedOf(country: Country, codes: Codes): Placed {
  const { perpetrator_age: age } = reportOf(codes.single);
  return { ...clearCodesOf(country, codes), age: knownIn(country, "age_band", typeof age === "string" ? age : null) };
}

/** The codes that lie outside the seal, so that an address with them tells no more than the list. */
function clearCodesOf(country: Country, { file, forms }: Codes): Placed {
  return {
    forms: forms.filter((form) => isCode(country, "violence_form", form)),
    setting: knownIn(country, "environment", file.environment),
    harmer: knownIn(country, "perpetrator_type", file.perpetratorType),
    territory: file.territory,
    institutionId: file.institutionId ?? undefined,
  };
}

const knownIn = (country: Country, list: CodeListName, code: string | null) =>
  code && isCode(country, list, code) ? code : undefined;

/** Who answers for a case, in words, with the way to the reasons. */
export function shownAnswers(
  country: Country,
  ui: Pick<Ui, "t" | "day">,
  codes: Codes,
  resolution: Resolution,
): ShownAnswers {
  const { t } = ui;
  const { file } = codes;
  const { answering, holes } = resolution;
  return {
    bodies: answering.map((each) => bodyIn(country, ui, each)),
    missing: holes.map(({ type }) => sayType(country, t, type)).join(", "),
    noPlace: municipality(country, file.territory) === undefined && file.institutionId === null,
    otherTown: sayOtherTown(country, t, resolution),
    why: whyAddress(country, clearCodesOf(country, codes)),
    withAge: placedOf(country, codes).age !== undefined,
  };
}

/** A body by what it answers for itself, and apart from that for whom it only stands in: those the desk may have to call. */
function bodyIn(country: Country, ui: Pick<Ui, "t" | "day">, { institution, ways }: Answering): ShownBody {
  const { t } = ui;
  const basisOf = (some: readonly Way[]) => [
    ...new Set(some.flatMap(({ rules }) => rules.map(({ basis }) => t.local(basis)))),
  ];
  return {
    name: t.local(institution.name),
    type: sayType(country, t, institution.type),
    basis: basisOf(ways.filter(({ steps }) => steps.length === 0)),
    instead: ways
      .filter(({ steps }) => steps.length > 0)
      .map((way) => ({ ...insteadIn(country, ui, way), basis: basisOf([way]) })),
  };
}

/** For whom somebody stands in, each reason for it, and whether nobody is told there unless the desk calls. */
function insteadIn(country: Country, ui: Pick<Ui, "t" | "day">, { type, steps }: Way) {
  const next = steps.findIndex(({ because }) => because === "standsIn");
  const passed = next < 0 ? steps : steps.slice(0, next);
  return {
    type: sayType(country, ui.t, type),
    reasons: [...new Set(passed.map((step) => sayReason(ui, step)))].join("; "),
    call:
      passed.some(({ because }) => UNREACHED.includes(because)) && passed.every((step) => step.because !== "notFirst"),
  };
}

/** They work, but this service does not reach them. */
const UNREACHED: readonly Step["because"][] = ["noneHere", "nobodyThere"];

function sayReason({ t, day }: Pick<Ui, "t" | "day">, { because, passed, until }: Step): string {
  const name = passed ? t.local(passed.name) : "";
  if (because === "standsIn") return "";
  if (because === "absent") return t("routing.because.absent", { name, day: day((until ?? 0) - 1) });
  if (because === "noneHere" || because === "notNamed") return t(`routing.because.${because}`);
  return t(`routing.because.${because}`, { name });
}

function whyAddress(country: Country, { territory, forms, institutionId: at, ...said }: Placed): string {
  return routingAddress({ ...said, place: municipality(country, territory)?.code, form: forms, at });
}
