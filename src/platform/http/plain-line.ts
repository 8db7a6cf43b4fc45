import type { PlainMessageKey } from "#messages/messages.ts";
import { type AppContext, carried } from "./app.ts";
import { Refusal } from "./errors.ts";
import { isLoopbackHost } from "./loopback.ts";

/**
 * Whether what people send travels for everybody on the way to read: always, or where a browser asks for another machine,
 * since then something without TLS stands in front that nobody has told us of.
 */
export type Plain = boolean | "unlessLocal";

const line = carried<boolean>("word on whether others can read along");

/** Finds out for a request whether others can read along. A header is believed only where it makes the service more careful. */
export function recogniseLine(c: AppContext, plain: Plain): void {
  line.set(c, plain === "unlessLocal" ? !isLoopbackHost(c.req.header("host")) : plain);
}

/** Whether others can read along with this request; a request of which nobody found that out is an error. */
export const isPlainHere = (c: AppContext): boolean => line.get(c);

/** The refusal of what must not travel where others can read along; its page says how to get TLS. */
export class PlainLine extends Refusal {
  constructor(body: PlainMessageKey) {
    super(503, "accounts.plain.closed", body);
    this.name = "PlainLine";
  }
}
