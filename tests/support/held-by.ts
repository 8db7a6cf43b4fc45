import { listApartKeysHeldBy, listReachableDeskKeys } from "#accounts/index.ts";
import { listHeldByDesks } from "#casework/holder-store.ts";
import type { TestApp } from "./app.ts";

/**
 * How many parts of a case somebody's keys open, whatever the program would show.
 *
 * @param number the number of the case
 * @param email the address of the one whose keys are tried
 */
export async function heldBy(test: TestApp, number: string, email: string): Promise<number> {
  const [file] = await test.database.raw(`select id from case_file where number = '${number}'`);
  const [person] = await test.database.raw(`select id from person where email = '${email}'`);
  const id = String(person?.id);
  return test.platform.db.read(async (reader) => {
    const held = await listHeldByDesks(reader, String(file?.id));
    const ids = held.map(({ holderId }) => holderId);
    const keys = [...(await listReachableDeskKeys(reader, id)), ...(await listApartKeysHeldBy(reader, id, ids))];
    return held.filter(({ holderId }) => keys.some(({ deskKeyId }) => deskKeyId === holderId)).length;
  });
}
