import type { Account } from "#accounts/index.ts";
import type { ExclusionNeeds } from "./declare-exclusion.ts";
import { liftExclusionRow, listConcerned, listExclusions, type Whom } from "./exclusion-store.ts";
import { shareCase } from "./share-case.ts";
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
  const lifted = await workOnCase(needs, by, number, async ({ tx, file, at, record }): Promise<Whom | "before"> => {
    const whom = (await listExclusions(tx, file.id)).find(({ id }) => id === exclusionId);
    if (!whom || !(await liftExclusionRow(tx, { id: exclusionId, caseId: file.id, at, by: by.id }))) return "before";
    await record("case.exclusionLifted", { exclusion: exclusionId });
    return whom;
  });
  if (lifted === undefined || lifted === "before") return lifted !== undefined;
  return shareCase(needs, by, number, (reader, ids) => listConcerned(reader, ids, [lifted]));
}
