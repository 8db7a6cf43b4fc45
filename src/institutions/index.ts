export { WHOLE_COUNTRY } from "./directory.ts";
export {
  type AbsenceNow,
  type Behind,
  type Covering,
  listAbsencesNow,
  listCovering,
  listInstitutionsById,
  listTypesCovering,
} from "./find-store.ts";
export {
  areasAround,
  closedBy,
  isOpenEverywhere,
  isOpenSomewhere,
  mayReport,
  opensAt,
  type Plan,
  planAt,
  type Reporting,
  reportingOf,
  STAGES,
  type Stage,
  stageAt,
  stageIn,
} from "./opening.ts";
export {
  deleteFutureOpening,
  insertOpening,
  listOpeningsInForce,
  listOpeningsOf,
  type OpeningRow,
  pageOfOpenings,
  wasEverLimited,
} from "./opening-store.ts";
export { readDay } from "./read-day.ts";
export {
  type Desk,
  findInstitution,
  findTriageDesk,
  type Institution,
  insertDesk,
  insertInstitution,
  listDesks,
  listDesksBehind,
  searchInstitutions,
} from "./store.ts";
