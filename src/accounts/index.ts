export { type Account, account } from "./account.ts";
export { addPerson, type Workplace } from "./add-person.ts";
export { type PreparedAccount, prepareAccount, storeAccount } from "./create-account.ts";
export { deskRecipient, prepareDeskKey, sealDeskKeysTo, storeDeskKey } from "./desk-keys.ts";
export {
  countPeopleAt,
  hasMember,
  insertDeskKeyHolder,
  insertDeskMember,
  listDesksOf,
  listDesksWithKey,
  listHeldDeskKeys,
  listLastSignIns,
  listStaffedDesks,
  listWorkplaces,
  staffedDeskIds,
} from "./desk-store.ts";
export { endAccountAt } from "./end-account-at.ts";
export { countPeople, listNames } from "./person-store.ts";
export { resolveMatter } from "./resolve-matter.ts";
export { isRole, mayDo, type Permission, type Role } from "./roles.ts";
export { accountRoutes } from "./routes.ts";
export { deleteExpiredSessions } from "./session-store.ts";
export { makeSetupToken } from "./set-up.ts";
export { setupRoutes } from "./setup-routes.ts";
export { forgetAccount, may, recogniseAccount } from "./signed-in.ts";
