import { findLastTime } from "#audit/index.ts";
import { WHOLE_COUNTRY } from "#country/index.ts";
import {
  type Desk,
  findOwnSchool,
  findSetting,
  hasOthersWithPhone,
  isOpenSomewhere,
  listOpeningsInForce,
  offeredIn,
  planAt,
  type Stage,
  stageIn,
} from "#institutions/index.ts";
import type { Language, LocalText } from "#messages/messages.ts";
import type { Reader } from "#platform/db/database.ts";
import { listUncoveredApartKeys } from "./cover-apart-keys.ts";
import { hasDeskKey } from "./desk-key-store.ts";
import { findFirstDesk } from "./first-desk.ts";
import { stateOf } from "./invitation-link.ts";
import { type Invitation, listInvitations } from "./invitation-store.ts";
import type { AccountNeeds } from "./needs.ts";
import { findRecoveryIn, findStoredRecipient, type RecoveryNeeds } from "./recovery-recipient.ts";
import { listUncoveredKeys } from "./renew-desk-keys.ts";
import type { Size } from "./set-up.ts";
import { sizeIn } from "./setup-form.ts";

/** How far a new service has come. */
export interface Start {
  readonly size: Size;
  readonly operator: LocalText | undefined;
  /** The languages that the public is offered. */
  readonly offered: readonly Language[];
  readonly desk: Desk | undefined;
  /** Somebody can open what arrives. */
  readonly open: boolean;
  /** The latest one to the first desk that waits to be used. */
  readonly invitation: Invitation | undefined;
  readonly stage: Stage;
  /** Somebody may report from somewhere, be it only the staff of schools. */
  readonly opened: boolean;
  /** To whom the keys of desks are sealed besides, by set-up; the environment comes before it. */
  readonly stored: string | undefined;
  /** A desk has its key, so that no recovery key is made here any more. */
  readonly late: boolean;
  /** How many keys of desks and of single cases the recovery key does not open, since they are older. */
  readonly uncovered: number;
  /** How many pages of the starter content nobody has published yet. */
  readonly drafts: number;
  /** Somebody outside the school can be called. */
  readonly outside: boolean;
  /** When a backup last failed, in milliseconds. */
  readonly failedAt: number | undefined;
  /** When a backup of a day to come was last seen, in milliseconds; as long as it lies there, once a night. */
  readonly dayToComeAt: number | undefined;
  /** When the last backup was whole, in milliseconds. */
  readonly backedUpAt: number | undefined;
}

/** Reads how far a new service has come, at one moment. */
export async function readStart(
  reader: Reader,
  needs: Omit<RecoveryNeeds, "db"> & Pick<AccountNeeds, "country" | "draftsOf">,
  at: number,
): Promise<Start> {
  const { secrets, country } = needs;
  const first = await findFirstDesk(reader);
  const operator = await findSetting(reader, "operator");
  const place = (await findOwnSchool(reader))?.territory ?? WHOLE_COUNTRY;
  const plan = planAt(await listOpeningsInForce(reader, at), at);
  return {
    size: sizeIn(await findSetting(reader, "size")) ?? "country",
    // Written by set-up alone, as a name in every language.
    operator: operator === undefined ? undefined : (JSON.parse(operator) as LocalText),
    offered: offeredIn(country, await findSetting(reader, "languages")),
    desk: first?.desk,
    open: first?.open ?? false,
    invitation: first && (await findWaiting(reader, first.desk.id, at)),
    stage: stageIn(country, plan, place),
    opened: isOpenSomewhere(country, plan, "educational"),
    stored: await findStoredRecipient(reader, secrets),
    late: await hasDeskKey(reader),
    uncovered: await countUncovered(reader, needs),
    drafts: await needs.draftsOf(reader),
    outside: await hasOthersWithPhone(reader, first?.desk.institutionId ?? ""),
    backedUpAt: await findLastTime(reader, "backup.made"),
    dayToComeAt: await findLastTime(reader, "backup.dayToCome"),
    failedAt: await findLastTime(reader, "backup.failed"),
  };
}

async function countUncovered(reader: Reader, needs: Omit<RecoveryNeeds, "db">): Promise<number> {
  const recipient = await findRecoveryIn(reader, needs);
  if (recipient === undefined) return 0;
  const { secrets } = needs;
  const apart = await listUncoveredApartKeys(reader, secrets, recipient);
  return (await listUncoveredKeys(reader, secrets, recipient)).length + new Set(apart.map(({ id }) => id)).size;
}

const MOST_INVITATIONS = 20;

async function findWaiting(reader: Reader, deskId: string, at: number): Promise<Invitation | undefined> {
  const all = await listInvitations(reader, { deskIds: [deskId], most: MOST_INVITATIONS });
  return all.find((each) => stateOf(each, at) === "waiting");
}
