import { deskKey, deskMember, person } from "#accounts/schema.ts";
import type { Listed } from "#institutions/directory.ts";
import { desk, institution, institutionArea } from "#institutions/schema.ts";
import { searchForm } from "#institutions/search-form.ts";
import type { Database, Writer } from "#platform/db/database.ts";

const BATCH = 250;
const NOTHING = Buffer.alloc(1);

/** Somebody who has an account and opens nothing. */
export async function insertBarePerson(tx: Writer, id: string, signedInAt: number | null = null): Promise<void> {
  const seals = { passwordSalt: NOTHING, sealedByPassword: NOTHING, recoverySalt: NOTHING, sealedByRecovery: NOTHING };
  const said = { email: `${id}@bare.test`, name: id, role: "member", language: "en", recipient: "age1" };
  await tx.insert(person).values({ id, ...said, ...seals, createdAt: 0, removedAt: null, signedInAt });
}

/** Puts institutions into the registry as they are listed; one person works at every desk, and each desk has a key. */
export async function fillDirectory(db: Database, all: readonly Listed[], personId: string): Promise<void> {
  await db.write((tx) => insertBarePerson(tx, personId));
  for (let from = 0; from < all.length; from += BATCH) {
    await db.write((tx) => insertBatch(tx, all.slice(from, from + BATCH), personId));
  }
}

async function insertBatch(tx: Writer, batch: readonly Listed[], personId: string): Promise<void> {
  await tx.insert(institution).values(
    batch.map(({ absences: _, desks: __, covers, ...row }) => {
      return { ...row, covers: [...covers], searchName: searchForm(`${row.name.sr} ${row.name.en}`) };
    }),
  );
  const areas = batch.flatMap(({ id, territory, covers }) =>
    [...new Set([territory, ...covers])].map((each) => ({ territory: each, institutionId: id })),
  );
  await tx.insert(institutionArea).values(areas);
  const desks = batch.flatMap(({ id, desks: own }) =>
    own.map(({ id: deskId, kind, name }) => ({ id: deskId, institutionId: id, kind, name, fallbackId: null })),
  );
  if (desks.length === 0) return;
  await tx.insert(desk).values(desks);
  await tx.insert(deskMember).values(desks.map(({ id }) => ({ deskId: id, personId, admittedAt: 1 })));
  await tx
    .insert(deskKey)
    .values(desks.map(({ id }) => ({ id: `${id}-key`, deskId: id, generation: 1, recipient: "age1", madeAt: 1 })));
}
