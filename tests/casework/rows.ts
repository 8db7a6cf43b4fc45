import { randomBytes } from "node:crypto";
import { rankOf, type Urgency } from "#casework/case.ts";
import { caseFile, caseForm } from "#casework/schema.ts";
import { LIKELY_SPAM, SHELF_RANK } from "#casework/shelf.ts";
import type { Database } from "#platform/db/database.ts";

export interface BareCase {
  readonly number: string;
  readonly urgency?: Urgency;
  readonly notSafe?: boolean;
  readonly receivedAt: number;
  readonly status?: string;
  readonly forms?: readonly string[];
  readonly territory?: string;
  readonly deskId?: string;
  readonly shelved?: boolean;
}

/** Takes bare cases out of the inbox again. */
export async function forgetBareCases(db: Database): Promise<void> {
  await db.write(async (tx) => {
    await tx.delete(caseForm);
    await tx.delete(caseFile);
  });
}

/** Puts cases without any sealed text into the inbox, many at once. */
export async function insertBareCases(db: Database, cases: readonly BareCase[]): Promise<void> {
  const rows = cases.map((each) => ({ ...each, id: randomBytes(9).toString("base64url") }));
  await db.write(async (tx) => {
    for (const { id, number, urgency = "p3", notSafe = false, receivedAt, status = "triage", ...rest } of rows) {
      await tx.insert(caseFile).values({
        id,
        number,
        submission: id,
        receivedAt,
        deskId: rest.deskId ?? "desk-triage",
        open: status !== "closed" && status !== "not_competent",
        status,
        urgency,
        rank: rest.shelved ? SHELF_RANK : rankOf(urgency, notSafe),
        shelf: rest.shelved ? LIKELY_SPAM : null,
        version: 1,
        notSafeAt: notSafe ? receivedAt : null,
        language: "sr",
        danger: "no",
        role: "victim_child",
        identityMode: "anonymous",
        territory: rest.territory ?? "rs-zemun",
      });
      for (const form of rest.forms ?? []) await tx.insert(caseForm).values({ caseId: id, form });
    }
  });
}

export const numberAt = (at: number) => `2026-${String(at).padStart(6, "0")}`;
