import { type Account, allowApartKey, listDeskPeople, shareApartKeys } from "#accounts/index.ts";
import { desksOf, type ExclusionNeeds } from "./declare-exclusion.ts";
import { isConcerned, liftExclusionRow, listExclusions } from "./exclusion-store.ts";
import { workOnCase } from "./work-on-case.ts";

/**
 * Lets those whom one exclusion kept away see the case again, unless another one keeps them away too; who lifts it
 * holds the case's key and seals it to them.
 * @returns false where the case does not exist for this person; an exclusion that was lifted before stays lifted
 */
export async function liftExclusion(
  needs: ExclusionNeeds,
  by: Account,
  number: string,
  exclusionId: string,
): Promise<boolean> {
  const done = await workOnCase(needs, by, number, async ({ tx, file, at, record }) => {
    const lifted = await liftExclusionRow(tx, { id: exclusionId, caseId: file.id, at, by: by.id });
    if (!lifted) return true;
    await record("case.exclusionLifted", { exclusion: exclusionId });
    if (file.apartKeyId === null) return true;
    const still = await listExclusions(tx, file.id);
    for (const { id } of await listDeskPeople(tx, await desksOf(tx, file))) {
      if (!(await isConcerned(tx, id, still))) await allowApartKey(tx, file.apartKeyId, id);
    }
    return true;
  });
  if (done) await shareApartKeys(needs, by);
  return done ?? false;
}
