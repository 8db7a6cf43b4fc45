import type { Account } from "#accounts/index.ts";
import type { Platform } from "#platform/platform.ts";
import { sealFor } from "./add-entry.ts";
import { insertEntry, listEntries } from "./store.ts";
import { findCaseOf, workOnCase } from "./work-on-case.ts";

export type AssessmentOutcome = "done" | "changed-meanwhile" | "missing";

/**
 * Writes the desk's assessment as a new entry; earlier ones stay.
 * @param based the id of the assessment the person was looking at, empty where there was none
 */
export async function writeAssessment(
  needs: Pick<Platform, "db" | "secrets" | "now">,
  by: Account,
  number: string,
  { text, based }: { readonly text: string; readonly based: string },
): Promise<AssessmentOutcome> {
  const file = await needs.db.read((reader) => findCaseOf(reader, by.id, number));
  if (!file) return "missing";
  const row = await sealFor(needs, file, { kind: "assessment", compartment: "file", authorId: by.id }, text);
  const outcome = await workOnCase(needs, by, number, async ({ tx, record }): Promise<AssessmentOutcome> => {
    const [newest] = await listEntries(tx, file.id, ["assessment"], { below: Number.MAX_SAFE_INTEGER, most: 1 });
    if ((newest?.id ?? "") !== based) return "changed-meanwhile";
    await insertEntry(tx, row);
    await record("case.assessmentChanged");
    return "done";
  });
  return outcome ?? "missing";
}
