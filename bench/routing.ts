import { setTimeout as pause } from "node:timers/promises";
import { listStaffedDesks } from "#accounts/desk-store.ts";
import { resolveMatter } from "#accounts/index.ts";
import { loadCountry } from "#country/index.ts";
import { checkRouting } from "#directory/check-routing.ts";
import { loadWholeDirectory } from "#institutions/load-directory.ts";
import { type Placed, resolve } from "#institutions/resolve.ts";
import { findInstitution } from "#institutions/store.ts";
import { migrate } from "#platform/db/migrate.ts";
import { loadConfig } from "../src/config.ts";
import { fillDirectory } from "../tests/support/fill-directory.ts";
import { manyListed } from "../tests/support/listed.ts";
import { type Measured, measure } from "./load.ts";
import { openStore } from "./open-store.ts";
import { environmentOf, type Place } from "./server.ts";
import { watched } from "./watched.ts";

const WIDTH = 8;
const country = loadCountry("RS");

export interface RoutingFigures {
  readonly institutions: number;
  /** Matters resolved each second in memory, from a directory that is loaded already. */
  readonly loadedPerSecond: number;
  /** The same with what each needs read from the database. */
  readonly fromDatabase: Measured;
  /** One institution read by its id: the floor under every question to the database. */
  readonly row: Measured;
  /** The proof over the whole country with reading and keeping, and the longest time in which nobody else was served. */
  readonly proofMs: number;
  readonly pauseMs: number;
  /** The longest such time while nothing is done: what the machine alone costs. */
  readonly idlePauseMs: number;
}

/** Routing over 3,000 invented institutions, without a server. */
export async function measureRouting(place: Place, part: number): Promise<RoutingFigures> {
  const { databaseFile, databaseUrl } = loadConfig(environmentOf(place));
  const where = { file: databaseFile, url: databaseUrl };
  await migrate(where);
  const db = await openStore(where);
  const all = manyListed(country);
  await fillDirectory(db, all, "person");
  const times = Math.max(40, Math.round(2000 * part));
  const at = Date.now();
  const ask = (turn: number) => db.read((reader) => resolveMatter(reader, country, matterAt(turn), at));
  await measure(40, WIDTH, ask);
  const fromDatabase = await measure(times, WIDTH, ask);
  const row = await measure(times, WIDTH, (turn) =>
    db.read((reader) => findInstitution(reader, all[(turn * 13) % all.length]!.id)),
  );
  const whole = await loadWholeDirectory((work) => db.read(work), country, at, listStaffedDesks);
  const from = performance.now();
  for (let turn = 0; turn < times; turn++) resolve(country, whole, matterAt(turn));
  const loadedPerSecond = (times * 1000) / (performance.now() - from);
  const idlePauseMs = (await watched(() => pause(1000))).pauseMs;
  const { ms: proofMs, pauseMs } = await watched(() => checkRouting({ db, country, now: () => at }));
  await db.close();
  return { institutions: all.length, loadedPerSecond, fromDatabase, row, proofMs, pauseMs, idlePauseMs };
}

const codes = (list: keyof typeof country.codeLists) => country.codeLists[list].map(({ code }) => code);
const [forms, settings, harmers] = [codes("violence_form"), codes("environment"), codes("perpetrator_type")];
const places = country.territories.filter(({ kind }) => kind === "municipality").map(({ code }) => code);

/** Always the same matters, each with another mix of answers. */
function matterAt(turn: number): Placed {
  return {
    forms: [forms[turn % forms.length]!],
    setting: settings[turn % settings.length],
    harmer: harmers[turn % harmers.length],
    territory: places[(turn * 7) % places.length]!,
  };
}
