import { countPeople } from "#accounts/index.ts";
import { breachDeadlines } from "#casework/index.ts";
import { type Country, demoInstitutions, loadCountry } from "#country/index.ts";
import { changeSetting, insertDesk, insertInstitution } from "#institutions/index.ts";
import { listPages, loadPages, publishPages } from "#library/index.ts";
import type { Platform } from "#platform/platform.ts";
import { openDemoDesks } from "./open-demo-desks.ts";
import { sendSampleReports } from "./send-sample-reports.ts";

/** What the demonstration prints when it starts. */
export interface DemoFacts {
  readonly accounts: readonly DemoAccount[];
  readonly codes: readonly { readonly state: string; readonly code: string }[];
}

export interface DemoAccount {
  readonly role: string;
  readonly email: string;
  readonly password: string;
}

/** Fills an empty database with invented institutions, people and reports. Throws where data of somebody else lies. */
export async function prepareDemo(platform: Platform, countryCode: string): Promise<DemoFacts> {
  if ((await platform.db.read(countPeople)) > 0)
    throw new Error("this database is in use: the demonstration needs an empty one");
  const country = loadCountry(countryCode);
  await platform.db.write((tx) =>
    changeSetting(tx, { kind: "system" }, platform.now(), { name: "size", value: "country" }),
  );
  await insertDemoInstitutions(platform, country);
  const { accounts, operator } = await openDemoDesks(platform);
  const codes = await sendSampleReports(platform, country, operator);
  await publishEverything(platform, country);
  await breachDeadlines({ ...platform, country });
  return { accounts, codes };
}

/** Nothing of the demonstration is anybody's word; each page says that no professional has reviewed it. */
async function publishEverything(platform: Platform, country: Country): Promise<void> {
  await loadPages(platform, country);
  const all = await platform.db.read((reader) => listPages(reader, "en", "edition"));
  await publishPages(
    platform,
    { kind: "system" },
    all.map(({ page: { number, edition } }) => ({ number, edition })),
  );
}

const LONG_AGO_MS = 400 * 86_400_000;

async function insertDemoInstitutions({ db, now }: Platform, country: Country): Promise<void> {
  const institutions = demoInstitutions(country);
  const activeFrom = now() - LONG_AGO_MS;
  await db.write(async (tx) => {
    for (const one of institutions) {
      const { identifier, supervisor, standIn, desk, ...row } = one;
      const ties = { supervisorId: supervisor ?? null, fallbackId: standIn ?? null };
      await insertInstitution(tx, { ...row, ...ties, id: identifier, identifier, activeFrom, activeTo: null });
      await insertDesk(tx, {
        id: `${identifier}-desk`,
        institutionId: identifier,
        kind: one.type,
        name: desk.name,
        fallbackId: desk.fallback ? `${desk.fallback}-desk` : null,
      });
    }
  });
}
