import { and, eq, inArray, isNull } from "drizzle-orm";
import { breachDeadlines } from "#casework/index.ts";
import { deadline } from "#casework/schema.ts";
import { loadCountry } from "#country/index.ts";
import { silentLog } from "#platform/log.ts";
import { loadConfig } from "../src/config.ts";
import { openExisting } from "../src/serve.ts";
import { type Measured, measure } from "./load.ts";
import { environmentOf, type Place } from "./server.ts";

const PASSED = 10;
const TIMES = 20;

/** Marks ten deadlines that have just passed, again and again, among all that run or ever ran. */
export async function measureJob(place: Place): Promise<Measured> {
  const platform = await openExisting(loadConfig(environmentOf(place)));
  if (typeof platform === "string") throw new Error(platform);
  const { db } = platform;
  const country = loadCountry("RS");
  const running = and(eq(deadline.duty, "decide"), isNull(deadline.metAt), isNull(deadline.breachedAt));
  try {
    return await measure(TIMES, 1, async () => {
      await db.write(async (tx) => {
        const rows = await tx.select({ id: deadline.id }).from(deadline).where(running).limit(PASSED);
        const ids = rows.map(({ id }) => id);
        await tx.update(deadline).set({ dueAt: 1 }).where(inArray(deadline.id, ids));
      });
      const marked = await breachDeadlines({ ...platform, log: silentLog, country });
      if (marked < PASSED) throw new Error(`marked ${marked} of ${PASSED}`);
    });
  } finally {
    await db.close();
  }
}
