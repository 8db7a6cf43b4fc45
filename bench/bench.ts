import { fork } from "node:child_process";
import { writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import type { EngineFigures, EngineOrder } from "./engine.ts";
import { describePostgres, findPostgres } from "./postgres.ts";
import { missedTargets, tableOf } from "./table.ts";

/*
 * `npm run bench` prints one table, writes bench.json, and ends with 1 where a target was missed, naming each.
 * BENCH_KILLS=200   kills of the server on each engine
 * BENCH_PART=1      a part of every count, for a quick try
 * BENCH_ENGINES=    "sqlite" or "postgres" alone
 * BENCH_PROFILE=    a folder for CPU profiles of the server under load
 * DATABASE_URL=     a PostgreSQL to use; without it the bench starts its own where one is installed
 */

const ORDER_NAME = "BENCH_ORDER";

// Ending by a signal runs no exit hook, and those end the servers and remove the folders.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
process.once("disconnect", () => process.exit(1));

if (process.env[ORDER_NAME]) await measureHere(JSON.parse(process.env[ORDER_NAME]) as EngineOrder);
else await measureAll();

/** In a process of its own, since the engine is chosen when the schema is first imported. */
async function measureHere(order: EngineOrder): Promise<void> {
  const { measureEngine } = await import("./engine.ts");
  const engine = order.server ? "postgres" : "sqlite";
  const began = performance.now();
  const say = (what: string) =>
    process.stderr.write(`${((performance.now() - began) / 1000).toFixed(0).padStart(4)} s  ${engine}: ${what}\n`);
  const figures = await measureEngine(order, say);
  process.send?.(figures, () => process.exit(0));
}

async function measureAll(): Promise<void> {
  const kills = Number(process.env.BENCH_KILLS ?? 200);
  const part = Number(process.env.BENCH_PART ?? 1);
  const profile = process.env.BENCH_PROFILE;
  const only = process.env.BENCH_ENGINES;
  const figures: Record<string, EngineFigures> = {};
  const busy = loadavg()[0]?.toFixed(1);
  const machine = `${cpus().length} cores (${cpus()[0]?.model}), load ${busy} before the run`;
  const notes = [`Node ${process.version}, ${machine}; the load comes from the same machine`];

  if (only !== "postgres") figures.sqlite = await measureApart({ server: undefined, kills, part, profile });
  keep(figures, notes);
  const cluster = only === "sqlite" ? undefined : await findPostgres(process.env.DATABASE_URL);
  if (cluster) {
    try {
      notes.push(await describePostgres(cluster.url));
      figures.postgres = await measureApart({ server: cluster.url, kills, part, profile });
      keep(figures, notes);
    } finally {
      cluster.stop();
    }
  } else if (only !== "sqlite") notes.push("PostgreSQL: none given with DATABASE_URL and none installed, not measured");

  process.stdout.write(`${tableOf(figures, notes)}\n`);
  const missed = missedTargets(figures);
  for (const each of missed) process.stdout.write(`missed  ${each}\n`);
  // Nothing measured reaches nothing.
  process.exitCode = missed.length > 0 || Object.keys(figures).length === 0 ? 1 : 0;
}

/** After each engine, so that a run that is broken off leaves what it has measured. */
function keep(figures: Readonly<Record<string, EngineFigures>>, notes: readonly string[]): void {
  writeFileSync("bench.json", `${JSON.stringify({ at: new Date().toISOString(), notes, figures }, null, 2)}\n`);
}

function measureApart(order: EngineOrder): Promise<EngineFigures> {
  const { DATABASE_URL: _, ...others } = process.env;
  const env = { ...others, [ORDER_NAME]: JSON.stringify(order), ...(order.server && { DATABASE_URL: order.server }) };
  return new Promise((resolve, reject) => {
    const child = fork(new URL("bench.ts", import.meta.url), { env });
    child.once("message", (figures) => resolve(figures as EngineFigures));
    child.once("exit", (code) => reject(new Error(`the bench of one engine ended: ${code}`)));
  });
}
