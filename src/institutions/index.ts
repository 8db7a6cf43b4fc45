export { searchForm } from "./search-form.ts";
export {
  type Desk,
  findDesk,
  findInstitution,
  findTriageDesk,
  type Institution,
  insertDesk,
  insertInstitution,
  searchInstitutions,
} from "./store.ts";
