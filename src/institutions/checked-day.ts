import type { LocalText } from "#messages/messages.ts";

/** What the public calls by and when, and the day on which somebody rang and asked. */
interface Reach {
  readonly phone: string | null;
  readonly hours: LocalText | null;
  readonly verifiedOn: string | null;
}

/**
 * Gives the checked day that holds after a change. A day that stays while the phone or the hours change was about the old
 * ones, so that none holds: nobody may read a number as checked that nobody rang.
 */
export function checkedDay(before: Reach | undefined, after: Reach): string | null {
  const stays = before !== undefined && before.verifiedOn === after.verifiedOn;
  return stays && !isSameReach(before, after) ? null : after.verifiedOn;
}

function isSameReach(one: Reach, other: Reach): boolean {
  return one.phone === other.phone && one.hours?.sr === other.hours?.sr && one.hours?.en === other.hours?.en;
}
