export { dayStartIn, isoDayIn } from "./civil-day.ts";
export type {
  CodeListName,
  Competence,
  CompetenceRule,
  Contact,
  Country,
  Need,
  NotFirst,
  Territory,
} from "./country.ts";
export {
  codeLabel,
  codeListNames,
  crisisContacts,
  emergencyContacts,
  isCode,
  nationalLine,
  shortLabel,
  shownCost,
  shownHours,
} from "./country.ts";
export { dayBegins } from "./day-begins.ts";
export type { DemoInstitution } from "./demo-institutions.ts";
export { demoInstitutions } from "./demo-institutions.ts";
export { loadCountry } from "./load-country.ts";
export { parseCountry } from "./parse-country.ts";
export { type PlaceGroup, placeGroups } from "./place-groups.ts";
export { isReadLate, readingRule, readLateBefore } from "./reading-rule.ts";
export { silentSince } from "./silence-rule.ts";
export { municipalities, municipality, neighboursOf, territoriesAround, territoryName } from "./territories.ts";
