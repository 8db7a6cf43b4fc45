export { acceptRoutes } from "./accept-routes.ts";
export { type Account, account } from "./account.ts";
export { addPerson, type Workplace } from "./add-person.ts";
export { admitByRecovery } from "./admit-by-recovery.ts";
export { admitMember } from "./admit-member.ts";
export {
  deleteApartKey,
  insertApartKeyHolder,
  listApartKeyHolders,
  listApartKeysHeldBy,
  selectApartKeyIdsOf,
} from "./apart-key-store.ts";
export { type PreparedApartKey, prepareApartKey, sealApartKey, storeApartKey } from "./apart-keys.ts";
export {
  type DeskPerson,
  findPeopleByName,
  listDeskPeople,
  listDeskWaiting,
  listPeopleById,
  listWorkingAt,
  type NamedPerson,
  selectHouseIds,
} from "./conflict-store.ts";
export { type PreparedAccount, prepareAccount, storeAccount, tidyEmail } from "./create-account.ts";
export { listDesksOfKeys, listDesksWithKey, listRetiredKeysOf, selectDeskKeyIdsOf } from "./desk-key-store.ts";
export { listReachableDeskKeys, openDeskKeyring } from "./desk-keyring.ts";
export { deskRecipient, prepareDeskKey, storeDeskKey } from "./desk-keys.ts";
export {
  countPeopleAt,
  hasMember,
  insertDeskMember,
  listDesksOf,
  listLastSignIns,
  listStaffedDesks,
  listWorkplaces,
  selectOwnDeskIds,
  staffedDeskIds,
} from "./desk-store.ts";
export { deleteKnownDevicesBefore } from "./device-store.ts";
export { endAccountAt } from "./end-account-at.ts";
export { deleteInvitationsBefore } from "./invitation-store.ts";
export { inviteRoutes } from "./invite-routes.ts";
export { peopleRoutes } from "./people-routes.ts";
export { countPeople, findPerson, findPersonByEmail, listNames } from "./person-store.ts";
export { recordMissing } from "./record-missing.ts";
export { RECOVERY } from "./recovery-holder.ts";
export { findRecoveryOf, findRecoveryRecipient, type RecoveryNeeds } from "./recovery-recipient.ts";
export { recoveryRoutes } from "./recovery-routes.ts";
export { type RenewNeeds, renewRetiredKeys } from "./renew-desk-keys.ts";
export { resolveMatter } from "./resolve-matter.ts";
export { can, isRole, mayDo, type Permission, type Role } from "./roles.ts";
export { accountRoutes } from "./routes.ts";
export { secondFactorRoutes } from "./second-factor-routes.ts";
export { HOW_TO_SECURE } from "./secure-line.ts";
export { invitationHandlers } from "./send-invitation.ts";
export { deleteExpiredSessions } from "./session-store.ts";
export { makeSetupToken } from "./set-up.ts";
export { setupRoutes } from "./setup-routes.ts";
export { forgetAccount, may, recogniseAccount } from "./signed-in.ts";
export { listStandInsAt, mayStandIn } from "./stand-in.ts";
export { startRoutes } from "./start-routes.ts";
export { steppedUp } from "./step-up.ts";
export { teamRoutes } from "./team-routes.ts";
export { newTries } from "./tries.ts";
export { hasOwnRecipient, keepTrusted } from "./trusted-members.ts";
