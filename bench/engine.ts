import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { measureFloor } from "./floor.ts";
import { type ImportFigures, measureImport } from "./import.ts";
import { type InboxFigures, measureInbox } from "./inbox.ts";
import { type Kills, killRepeatedly } from "./kills.ts";
import type { Measured } from "./load.ts";
import { measurePages, type Pages } from "./pages.ts";
import { createDatabase, dropDatabase } from "./postgres.ts";
import { measureRouting, type RoutingFigures } from "./routing.ts";
import { freePort, type Place, setUp, startServer } from "./server.ts";
import { measureSubmissions, type Submissions, sizes } from "./submissions.ts";

/** Everything measured on one engine. */
export interface EngineFigures extends Submissions, Pages {
  readonly floor: Measured;
  readonly imports: ImportFigures;
  readonly inbox: InboxFigures;
  readonly kills: Kills;
  readonly routing: RoutingFigures;
}

export interface EngineOrder {
  /** A PostgreSQL server, or undefined for SQLite. */
  readonly server: string | undefined;
  readonly kills: number;
  /** 1 for the real run, less for a try. */
  readonly part: number;
  /** Folder for a CPU profile of the server under load. */
  readonly profile: string | undefined;
}

/** Kill lines side by side: starting a server takes one core, and there are two. */
const LINES = 2;

/** Measures one engine; this process must have been started with that engine's environment. */
export async function measureEngine(order: EngineOrder, say: (what: string) => void): Promise<EngineFigures> {
  const profiling = order.profile ? ["--cpu-prof", `--cpu-prof-dir=${order.profile}`] : [];
  say("import");
  const imports = await withPlace(order.server, (place) => measureImport(place, order.part));
  say("pages");
  const pages = await withPlace(order.server, (place) => measurePages(place, profiling, order.part));
  const { floor, inbox, ...submissions } = await withPlace(order.server, async (place) => {
    say("a durable row without a server");
    const floor = await measureFloor(place);
    say("submissions");
    const server = await startServer(place, profiling);
    try {
      await setUp(server);
      const submissions = await measureSubmissions(server, sizes(order.part));
      say("inbox");
      return { floor, inbox: await measureInbox(server, place, order.part), ...submissions };
    } finally {
      await server.stop();
    }
  });
  say("routing");
  const routing = await withPlace(order.server, (place) => measureRouting(place, order.part));
  say(`${order.kills} kills`);
  const share = (line: number) => Math.floor((order.kills + line) / LINES);
  const lines = await Promise.all(
    Array.from({ length: LINES }, (_, line) =>
      withPlace(order.server, (place) => killRepeatedly(place, share(line), say)),
    ),
  );
  return { ...pages, ...submissions, floor, imports, inbox, routing, kills: lines.reduce(added) };
}

function added(one: Kills, other: Kills): Kills {
  const sums = Object.keys(one).map((key) => [key, one[key as keyof Kills] + other[key as keyof Kills]]);
  return Object.fromEntries(sums) as Kills;
}

/** A bench that is broken off leaves no folder behind. */
const folders = new Set<string>();
const removeFolder = (folder: string) => rmSync(folder, { recursive: true, force: true });
process.once("exit", () => folders.forEach(removeFolder));

/** Gives a fresh folder, and a fresh database where a server is named, and removes both afterwards. */
async function withPlace<T>(server: string | undefined, work: (place: Place) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "cuvam-te-bench-"));
  folders.add(folder);
  const databaseUrl = server && (await createDatabase(server));
  try {
    return await work({ folder, databaseUrl, port: await freePort() });
  } finally {
    if (server && databaseUrl) await dropDatabase(server, databaseUrl);
    folders.delete(folder);
    removeFolder(folder);
  }
}
