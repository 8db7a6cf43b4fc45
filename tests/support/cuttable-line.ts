import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** When a connection breaks. */
export const CUTS = [
  /** Before the request reaches the server. */
  "before",
  /** In the middle of what is sent: of a form's fields, or of the head where there are none. */
  "within-request",
  /** When the server has answered, before anything of that arrives. */
  "after",
  /** In the middle of the answer's body, or of its head where it has none. */
  "within-answer",
] as const;
export type Cut = (typeof CUTS)[number] | undefined;

/** A line to a server that breaks where it is told; each connection carries one request. */
export interface CuttableLine {
  readonly url: string;
  /** Says what happens to each request from now on: counted from 1, and told as `GET /en/`. */
  cut(where: (nth: number, asked: string) => Cut): void;
  /** How often it broke since that was last said. */
  cuts(): number;
  close(): Promise<void>;
}

/** Opens a line on a free port to a server. */
export async function openCuttableLine(server: string): Promise<CuttableLine> {
  const { hostname, port } = new URL(server);
  let where: (nth: number, asked: string) => Cut = () => undefined;
  let [since, cuts] = [0, 0];
  const proxy = createServer((client) => {
    client.on("error", () => client.destroy());
    void wholeRequest(client).then((request) => {
      const cut = where(++since, request.subarray(0, request.indexOf(" HTTP/")).toString("latin1"));
      if (cut) cuts++;
      if (cut === "before") client.destroy();
      else carry(client, connect(Number(port), hostname), { request, cut });
    });
  });
  await new Promise<void>((resolve) => void proxy.listen(0, "127.0.0.1", () => resolve()));
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    cut(next) {
      where = next;
      [since, cuts] = [0, 0];
    },
    cuts: () => cuts,
    close: () => new Promise((resolve) => void proxy.close(() => resolve())),
  };
}

const HEAD_END = "\r\n\r\n";

/** Everything that a client sends for its one request. */
function wholeRequest(client: Socket): Promise<Buffer> {
  return new Promise((resolve) => {
    let request = Buffer.alloc(0);
    client.on("data", (chunk: Buffer) => {
      request = Buffer.concat([request, chunk]);
      const headEnd = request.indexOf(HEAD_END);
      if (headEnd < 0) return;
      const [, length = "0"] = /\r\ncontent-length: (\d+)/i.exec(request.subarray(0, headEnd).toString("latin1")) ?? [];
      if (request.length >= headEnd + HEAD_END.length + Number(length)) resolve(request);
    });
  });
}

/** Carries a request and its answer as far as the line holds. */
function carry(
  client: Socket,
  server: Socket,
  { request, cut }: { readonly request: Buffer; readonly cut: Cut },
): void {
  server.on("error", () => client.destroy());
  client.on("close", () => server.destroy());
  if (cut === "within-request") {
    // Ended in order, so that the server gets what was sent and nothing more.
    server.end(firstHalf(request)).on("close", () => client.destroy());
    server.resume();
    return;
  }
  server.write(request);
  if (!cut) return void server.pipe(client);
  const answer: Buffer[] = [];
  server.on("data", (chunk: Buffer) => answer.push(chunk));
  // Only when the server is done: what is lost is the answer, never the act.
  server.on("end", () => {
    if (cut === "after") client.destroy();
    else client.write(firstHalf(Buffer.concat(answer)), () => client.resetAndDestroy());
  });
}

/** The head and half of the body, or half of the head where nothing follows it. */
function firstHalf(message: Buffer): Buffer {
  const bodyAt = message.indexOf(HEAD_END) + HEAD_END.length;
  const body = message.length - bodyAt;
  return message.subarray(0, body > 0 ? bodyAt + Math.floor(body / 2) : Math.floor(message.length / 2));
}
