import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { inspect } from "node:util";
import { afterEach, describe, expect, it } from "vitest";
import { isPostgres } from "#platform/db/columns.ts";
import { openPostgres } from "#platform/db/postgres.ts";
import { job } from "#platform/jobs/schema.ts";
import { openTestDatabase } from "../../support/database.ts";
import { caughtFrom } from "./sample.ts";

const servers: Server[] = [];
const sockets = new Set<Socket>();

afterEach(() => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers.splice(0)) server.close();
});

async function listen(answer: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    answer(socket);
  });
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

const unreachable = { name: "StorageError", fault: "unreachable" };

describe("a PostgreSQL that is not there", () => {
  it("makes reading and writing say that nothing was stored", async () => {
    const port = await listen(() => undefined);
    servers[0]?.close();
    const db = openPostgres(`postgres://nobody@127.0.0.1:${port}/none`, true);
    expect(await caughtFrom(db.write(async () => undefined))).toMatchObject(unreachable);
    await db.close();
  });

  it("makes them say so too when it takes the call and never answers", async () => {
    const port = await listen(() => undefined);
    const db = openPostgres(`postgres://nobody@127.0.0.1:${port}/none`, true);
    expect(await caughtFrom(db.write(async () => undefined))).toMatchObject(unreachable);
    await db.close();
  });

  it("makes them say so too when it hangs up", async () => {
    const port = await listen((socket) => socket.once("data", () => socket.end()));
    const db = openPostgres(`postgres://nobody@127.0.0.1:${port}/none`, true);
    expect(await caughtFrom(db.write(async () => undefined))).toMatchObject(unreachable);
    await db.close();
  });
});

describe.runIf(isPostgres)("a connection that breaks in the middle of a write", () => {
  it("is an error of storage that holds neither SQL nor parameters", async () => {
    const database = await openTestDatabase();
    const real = new URL(database.place.url ?? "");
    const port = await listen((socket) => {
      const behind = connect(Number(real.port), real.hostname);
      behind.on("error", () => undefined);
      behind.pipe(socket);
      socket.on("data", (chunk) => (chunk.includes("insert into") ? socket.destroy() : behind.write(chunk)));
      socket.on("close", () => behind.destroy());
    });
    const db = openPostgres(Object.assign(new URL(real), { port: String(port) }).href, true);
    const row = { id: "what a child wrote", kind: "k", payload: {}, runAt: 1, attempts: 0, claimedUntil: 0 };
    const error = await caughtFrom(db.write((tx) => tx.insert(job).values(row)));
    expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/what a child wrote|insert into/);
    expect(error).toMatchObject(unreachable);
    await db.close();
    await database.close();
  });
});
