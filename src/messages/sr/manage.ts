import type { manage as english } from "../en/manage.ts";
import type { Translated } from "../translated.ts";

export const manage: Translated<typeof english> = {
  "manage.usage": "употреба: npm run manage -- <new-recovery-key | verify-audit | purge>",
  "manage.recoveryIdentity": "Препишите овај кључ на папир и чувајте га далеко од сваког сервера: {identity}",
  "manage.auditFault": "евиденција: {kind} на месту {position}",
  "manage.auditHolds": "ланац евиденције је цео",
};
