import { type Place, type Server, setUp, startServer } from "./server.ts";
import { measureThroughput, type Throughput } from "./throughput.ts";
import { type Weights, weighPages } from "./weigh.ts";

export interface Pages {
  readonly weights: Weights;
  readonly throughput: Throughput;
}

/** Weighs the pages of a fresh service, then loads them where constant pages stand beside them. */
export async function measurePages(place: Place, flags: readonly string[], part: number): Promise<Pages> {
  const weights = await withServer(await startServer(place), async (server) => {
    await setUp(server);
    return weighPages(server.url);
  });
  const beside = await startServer(place, flags, "bench/page-server.ts");
  return { weights, throughput: await withServer(beside, (server) => measureThroughput(server, part)) };
}

async function withServer<T>(server: Server, work: (server: Server) => Promise<T>): Promise<T> {
  try {
    return await work(server);
  } finally {
    await server.stop();
  }
}
