export {
  findInstitution,
  findTriageDesk,
  insertDesk,
  insertInstitution,
  searchInstitutions,
} from "./store.ts";
