import { randomToken } from "#platform/crypto/derive.ts";
import { migrate } from "#platform/db/migrate.ts";
import { insertDraft } from "#reporting/draft-store.ts";
import { loadConfig } from "../src/config.ts";
import { type Measured, measure } from "./load.ts";
import { openStore } from "./open-store.ts";
import { environmentOf, type Place } from "./server.ts";

const ROWS = 500;
const WIDTH = 8;

/** What one durable row costs on this disk without HTTP, rendering and sealing: the floor under every form. */
export async function measureFloor(place: Place): Promise<Measured> {
  const { databaseFile, databaseUrl } = loadConfig(environmentOf(place));
  const where = { file: databaseFile, url: databaseUrl };
  await migrate(where);
  const db = await openStore(where);
  const row = () => {
    const sealed = Buffer.alloc(1500);
    return { id: randomToken(), owner: "floor", sealed, version: 1, expiresAt: 0, sentAt: null };
  };
  const floor = await measure(ROWS, WIDTH, () => db.write((tx) => insertDraft(tx, row())));
  await db.close();
  return floor;
}
