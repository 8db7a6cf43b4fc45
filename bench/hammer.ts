import { connect } from "node:net";

/** So many connections ask at once. */
export const WIDTH = 8;
const END_OF_HEAD = "\r\n\r\n";

export interface Target {
  readonly url: string;
  readonly cookie?: string;
}

/**
 * Asks for pages over and over on a few connections, with so little work that the server is what is measured.
 * @param targets one for each connection, in turns: people who write reports read different rows
 * @returns how many answers came, and how many a second; rejects when one is not 200
 */
export async function hammer(targets: readonly Target[], ms: number): Promise<{ count: number; perSecond: number }> {
  const from = performance.now();
  const connections = Array.from({ length: WIDTH }, (_, n) => targets[n % targets.length] as Target);
  const counts = await Promise.all(connections.map((target) => askUntil(target, from + ms)));
  const count = counts.reduce((sum, each) => sum + each, 0);
  return { count, perSecond: (count * 1000) / (performance.now() - from) };
}

function askUntil({ url, cookie }: Target, until: number): Promise<number> {
  const { hostname, port, pathname, host } = new URL(url);
  const asked = [`GET ${pathname} HTTP/1.1`, `Host: ${host}`, "Accept-Encoding: gzip, deflate, br"];
  if (cookie) asked.push(`Cookie: ${cookie}`);
  const request = asked.join("\r\n") + END_OF_HEAD;
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(request));
    let count = 0;
    let head = Buffer.alloc(0);
    let left = -1;
    socket.on("error", reject);
    socket.on("data", (chunk) => {
      if (left >= 0) left -= chunk.length;
      else {
        head = Buffer.concat([head, chunk]);
        const end = head.indexOf(END_OF_HEAD);
        if (end < 0) return;
        const text = head.toString("latin1", 0, end);
        const [, length] = /^content-length: (\d+)/im.exec(text) ?? [];
        if (!text.startsWith("HTTP/1.1 200 ") || !length) return void socket.destroy(new Error(`${url}: ${text}`));
        left = Number(length) - (head.length - end - END_OF_HEAD.length);
      }
      if (left > 0) return;
      [left, head] = [-1, Buffer.alloc(0)];
      count++;
      if (performance.now() < until) socket.write(request);
      else socket.end(() => resolve(count));
    });
  });
}
