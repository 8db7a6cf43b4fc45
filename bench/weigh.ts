import { newWeighedVisitor, sumOf, type WeighedVisitor } from "../tests/support/weighed-visitor.ts";
import type { Browser } from "./client.ts";
import { FURTHER, walkJourney } from "./journey.ts";

/** What a visit costs: requests, bytes of the bodies, and bytes with every answer's headers. */
export type Weight = ReturnType<typeof sumOf>;

/** Each visit by a browser that has nothing stored, and by the same browser once more. */
export type Weights = Readonly<
  Record<"home" | "shortJourney" | "journey" | "tracking", { readonly cold: Weight; readonly warm: Weight }>
>;

/** Counts what home, a report with the least and with all its steps, and tracking send over the line, files included. */
export async function weighPages(url: string): Promise<Weights> {
  const code = await walkJourney(browserOf(newWeighedVisitor(url)));
  return {
    home: await weighTwice(url, (visitor) => visitor.get("/sr/")),
    shortJourney: await weighTwice(url, (visitor) => walkJourney(browserOf(visitor))),
    journey: await weighTwice(url, (visitor) => walkJourney(browserOf(visitor), FURTHER)),
    tracking: await weighTwice(url, async (visitor) => {
      await visitor.get("/sr/track");
      const { status, text } = await visitor.send("/sr/track", { code });
      if (status !== 200 || !text.includes("/sr/track/messages")) throw new Error(`the code opened nothing: ${status}`);
    }),
  };
}

async function weighTwice(url: string, visit: (visitor: WeighedVisitor) => Promise<unknown>) {
  const visitor = newWeighedVisitor(url);
  await visit(visitor);
  const cold = sumOf(visitor.exchanges);
  visitor.cookies.clear();
  visitor.exchanges.length = 0;
  await visit(visitor);
  return { cold, warm: sumOf(visitor.exchanges) };
}

function browserOf(visitor: WeighedVisitor): Browser {
  return {
    async get(path) {
      const { status, text, path: location } = await visitor.get(path);
      return { status, text, location, broken: false };
    },
    async post(path, fields) {
      const { status, text, path: location } = await visitor.post(path, fields);
      return { status, text, location, broken: false };
    },
  };
}
