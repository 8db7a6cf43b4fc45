export {
  type Desk,
  findInstitution,
  findTriageDesk,
  insertDesk,
  insertInstitution,
  listDesks,
  listDesksBehind,
  searchInstitutions,
} from "./store.ts";
