export {
  type AbsenceRow,
  deleteAbsence,
  findAbsence,
  hasAbsence,
  insertAbsence,
  listAbsences,
  listOwnAbsences,
  listTypeAbsences,
  overlapsAbsence,
} from "./absence-store.ts";
export { absencesOf, fallbacksOf } from "./absences-of.ts";
export { changeSetting } from "./change-setting.ts";
export {
  countPlacesWithStandIns,
  deleteCheck,
  findLatestCheck,
  finishCheck,
  type HoleList,
  type HolePlace,
  insertCheck,
  insertHoles,
  type KeptHole,
  listHoles,
  listHoleTypes,
  listOldChecks,
  type RoutingCheck,
} from "./check-store.ts";
export { checkedDay } from "./checked-day.ts";
export { COLUMNS, type Column, longestOf, type Needed } from "./columns.ts";
export { canAnswer, competencesOf, type Matter, placeTypesOf } from "./competence.ts";
export { concerns } from "./concerns.ts";
export {
  type ContactPerson,
  deleteContactPerson,
  insertContactPerson,
  listContactPersons,
  updateContactPerson,
} from "./contact-store.ts";
export {
  deskHands,
  selectDeskIdsBelow,
  selectDeskIdsIn,
  selectInstitutionIdsOf,
  selectWithBodies,
  selectWithBranches,
} from "./desk-hands-store.ts";
export { isActive, type Listed, type OpenDesk } from "./directory.ts";
export { fileWords } from "./file-words.ts";
export { findOfferedLanguages, forgetOfferedLanguages, offeredIn } from "./find-offered-languages.ts";
export { findOwnSchool, findOwnSchoolOf } from "./find-own-school.ts";
export { findPlacedDesk, type PlacedDesk } from "./find-placed-desk.ts";
export {
  type Behind,
  type Covering,
  listAbsencesNow,
  listCovering,
  listTypesCovering,
} from "./find-store.ts";
export {
  deleteImportFile,
  deleteImportFilesBefore,
  deleteImportFilesBeyond,
  findImportFile,
  insertImportFile,
  isApplied,
  listWaitingImportFiles,
  updateImportFileApplied,
} from "./import-file-store.ts";
export { importInstitutions, planInTurns } from "./import-institutions.ts";
export { isIdentifier } from "./is-identifier.ts";
export { isNotFirst } from "./is-not-first.ts";
export { listKept } from "./kept-store.ts";
export { loadDirectory, loadWholeDirectory } from "./load-directory.ts";
export {
  closedBy,
  closedByLine,
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
  listOpeningsFrom,
  listOpeningsInForce,
  listOpeningsOf,
  type OpeningRow,
  pageOfOpenings,
  wasEverLimited,
} from "./opening-store.ts";
export type { Change, ImportPlan } from "./plan-import.ts";
export { provingSteps } from "./prove-routing.ts";
export type { FileFault } from "./read-csv.ts";
export { readDay } from "./read-day.ts";
export { TRIAGE } from "./reading.ts";
export {
  countInstitutions,
  countTied,
  findAlike,
  findByIdentifier,
  findNamed,
  findRegistryPlace,
  INSTITUTION_STATES,
  listInstitutions,
  listTied,
  type RegistryFilter,
  selectInstitutions,
} from "./registry-store.ts";
export {
  type Answering,
  type Hole,
  MOST_PASSED,
  type Placed,
  type Resolution,
  resolve,
  type Step,
  type Way,
} from "./resolve.ts";
export { routingAddress } from "./routing-address.ts";
export { listDesksOfAll, listRouted } from "./routing-store.ts";
export { fileFaultPhrase, sayLineFault } from "./say-fault.ts";
export { sayOtherTown } from "./say-other-town.ts";
export { searchForm } from "./search-form.ts";
export { findSetting } from "./setting-store.ts";
export {
  type Desk,
  findInstitution,
  findTriageDesk,
  hasOthersWithPhone,
  type Institution,
  insertDesk,
  insertInstitution,
  listDesks,
  listDesksAt,
  listDesksBehind,
  searchInstitutions,
  updateDesk,
  updateInstitution,
} from "./store.ts";
export { TIES, type Tie } from "./ties.ts";
export { whereItHappens } from "./where-it-happens.ts";
export { type Separator, writeCsv } from "./write-csv.ts";
