import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** When a connection breaks: before the request reaches the server, or after its answer left it. */
export type Cut = "before" | "after" | undefined;

/** A line to a server that breaks where it is told; each connection carries one request. */
export interface CuttableLine {
  readonly url: string;
  /** Says what happens to each request from now on, counted from 1. */
  cut(where: (nth: number) => Cut): void;
  /** Requests since the line was opened, and cuts since they were last ordered. */
  requests(): number;
  cuts(): number;
  close(): Promise<void>;
}

/** Opens a line on a free port to a server. */
export async function openCuttableLine(server: string): Promise<CuttableLine> {
  const { hostname, port } = new URL(server);
  let where: (nth: number) => Cut = () => undefined;
  let [requests, since, cuts] = [0, 0, 0];
  const proxy = createServer((client) => {
    requests++;
    const cut = where(++since);
    if (cut) cuts++;
    client.on("error", () => client.destroy());
    if (cut === "before") client.once("data", () => client.destroy());
    else forward(client, connect(Number(port), hostname), cut === "after");
  });
  await new Promise<void>((resolve) => void proxy.listen(0, "127.0.0.1", () => resolve()));
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    cut(next) {
      where = next;
      [since, cuts] = [0, 0];
    },
    requests: () => requests,
    cuts: () => cuts,
    close: () => new Promise((resolve) => void proxy.close(() => resolve())),
  };
}

/** Carries a request and its answer; where the answer is lost, the server has ended it before the client is cut off. */
function forward(client: Socket, server: Socket, losesAnswer: boolean): void {
  server.on("error", () => client.destroy());
  client.on("close", () => server.destroy());
  client.pipe(server);
  if (!losesAnswer) server.pipe(client);
  else server.resume().on("end", () => client.destroy());
}
