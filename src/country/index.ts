export type {
  CodeItem,
  CodeListName,
  Contact,
  Country,
  DeskRule,
  Holiday,
  Language,
  LanguageTag,
  LocalText,
  Territory,
} from "./country.ts";
export {
  codeLabel,
  codeListNames,
  emergencyContacts,
  isCode,
  languageTags,
  municipalities,
  shownHours,
  territoryName,
} from "./country.ts";
export type { DemoInstitution } from "./demo-institutions.ts";
export { demoInstitutions } from "./demo-institutions.ts";
export { loadCountry } from "./load-country.ts";
export { parseCountry } from "./parse-country.ts";
