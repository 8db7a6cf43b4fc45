import type { Country } from "#country/index.ts";
import type { AppContext } from "#platform/http/app.ts";
import { hidden, sensitive } from "#platform/http/away.ts";
import { guard } from "#platform/http/guard.ts";
import { isLoopbackHost } from "#platform/http/loopback.ts";
import { readFields } from "#platform/http/read-body.ts";
import type { Platform } from "#platform/platform.ts";
import { answerPlain } from "./lost-pages.ts";

/**
 * Whether what people send travels for everybody on the way to read: always, or where a browser asks for another machine,
 * since then something without TLS stands in front that nobody has told us of.
 */
export type Plain = boolean | "unlessLocal";

export interface LineNeeds extends Pick<Platform, "cookies"> {
  readonly country: Country;
  readonly plain: Plain;
}

/** Whether others can read along with this request. A header is believed only where it makes the service more careful. */
export function isPlainHere(c: AppContext, { plain }: Pick<LineNeeds, "plain">): boolean {
  return plain === "unlessLocal" ? !isLoopbackHost(c.req.header("host")) : plain;
}

/** Guards the pages of reports: where others can read along, they take nothing and show numbers to call. */
export function overSecureLine(needs: LineNeeds) {
  const secure = sensitive(needs.cookies);
  return guard("sensitive", async (c, next) =>
    isPlainHere(c, needs) ? (hidden(needs.cookies, c) ?? showPlain(c, needs)) : secure(c, next),
  );
}

async function showPlain(c: AppContext, needs: LineNeeds): Promise<Response> {
  // What somebody typed before the line was known to be open is given back.
  if (c.req.method === "POST") await readFields(c);
  return answerPlain(c, needs);
}
