import type { Account } from "#accounts/index.ts";
import { recordAudit } from "#audit/index.ts";
import { type Desk, type Institution, insertDesk, updateDesk } from "#institutions/index.ts";
import { randomToken } from "#platform/crypto/derive.ts";
import type { Platform } from "#platform/platform.ts";
import { TRIAGE } from "./registry-forms.ts";

type Needs = Pick<Platform, "db" | "now">;
type By = Pick<Account, "id">;

interface NewDesk {
  readonly institution: Pick<Institution, "id" | "type">;
  readonly row: Pick<Desk, "name" | "fallbackId">;
}

/** Adds a desk to an institution; the team that receives every report has the desk it was set up with. */
export async function addDesk({ db, now }: Needs, by: By, { institution, row }: NewDesk): Promise<void> {
  if (institution.type === TRIAGE) throw new Error("a triage team keeps the desk it was set up with");
  const id = randomToken();
  await db.write(async (tx) => {
    await insertDesk(tx, { ...row, id, institutionId: institution.id, kind: institution.type });
    const subject = { kind: "desk", id } as const;
    await recordAudit(tx, { action: "desk.added", by: { kind: "person", id: by.id }, subject, at: now() });
  });
}

interface ChangedDesk {
  readonly desk: Desk;
  readonly row: Pick<Desk, "name" | "fallbackId">;
}

/** Gives a desk another name or fallback; what changes nothing writes nothing. */
export async function changeDesk({ db, now }: Needs, by: By, { desk, row }: ChangedDesk): Promise<void> {
  const renamed = desk.name.sr !== row.name.sr || desk.name.en !== row.name.en;
  const fields = [...(renamed ? ["name"] : []), ...(desk.fallbackId === row.fallbackId ? [] : ["fallback"])];
  if (fields.length === 0) return;
  await db.write(async (tx) => {
    await updateDesk(tx, desk.id, row);
    await recordAudit(tx, {
      action: "desk.changed",
      by: { kind: "person", id: by.id },
      subject: { kind: "desk", id: desk.id },
      at: now(),
      detail: { fields: fields.join(" ") },
    });
  });
}
