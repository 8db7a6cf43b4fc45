export type { CodeListName, Contact, Country } from "./country.ts";
export {
  codeLabel,
  codeListNames,
  crisisContacts,
  emergencyContacts,
  isCode,
  municipalities,
  shortLabel,
  shownCost,
  shownHours,
  territoryName,
} from "./country.ts";
export type { DemoInstitution } from "./demo-institutions.ts";
export { demoInstitutions } from "./demo-institutions.ts";
export { loadCountry } from "./load-country.ts";
export { parseCountry } from "./parse-country.ts";
export { isReadLate, readingRule, readLateBefore } from "./reading-rule.ts";
