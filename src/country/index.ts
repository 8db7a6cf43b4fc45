export type { CodeListName, Competence, CompetenceRule, Contact, Country, Territory } from "./country.ts";
export {
  codeLabel,
  codeListNames,
  crisisContacts,
  emergencyContacts,
  isCode,
  shortLabel,
  shownCost,
  shownHours,
} from "./country.ts";
export type { DemoInstitution } from "./demo-institutions.ts";
export { demoInstitutions } from "./demo-institutions.ts";
export { loadCountry } from "./load-country.ts";
export { parseCountry } from "./parse-country.ts";
export { isReadLate, readingRule, readLateBefore } from "./reading-rule.ts";
export { municipalities, municipality, neighboursOf, territoryName } from "./territories.ts";
