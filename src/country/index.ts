export { dayStartIn, isNightIn, isoDayIn } from "./civil-day.ts";
export {
  type CodeListName,
  type Competence,
  type CompetenceRule,
  type Contact,
  type Country,
  codeLabel,
  codeListNames,
  crisisContacts,
  emergencyContacts,
  isCode,
  type Need,
  type NotFirst,
  nationalLine,
  shortLabel,
  shownHours,
  type Territory,
} from "./country.ts";
export {
  type Clocks,
  type DeadlineRule,
  type DeadlineStart,
  DUTIES,
  type Duty,
  dueAt,
  isWorkingDay,
  rulesStarting,
} from "./deadline-rule.ts";
export { type DemoInstitution, demoInstitutions } from "./demo-institutions.ts";
export { type HelpNumber, helpNumber } from "./help-number.ts";
export { sayType } from "./institution-words.ts";
export { loadCountry } from "./load-country.ts";
export { parseCountry } from "./parse-country.ts";
export { type PlaceGroup, placeGroups } from "./place-groups.ts";
export { isReadLate, readingRule, readLateBefore } from "./reading-rule.ts";
export { silentSince } from "./silence-rule.ts";
export {
  areasAround,
  isTerritory,
  lastPart,
  municipalities,
  municipality,
  neighboursOf,
  territoryName,
  WHOLE_COUNTRY,
} from "./territories.ts";
export { sayTerritory } from "./territory-words.ts";
