import type { Country } from "#country/index.ts";
import type { AppContext } from "#platform/http/app.ts";
import { hidden, sensitive } from "#platform/http/away.ts";
import { guard } from "#platform/http/guard.ts";
import { isPlainHere } from "#platform/http/plain-line.ts";
import { readFields } from "#platform/http/read-body.ts";
import type { Platform } from "#platform/platform.ts";
import { answerPlain } from "./lost-pages.ts";

export interface LineNeeds extends Pick<Platform, "cookies"> {
  readonly country: Country;
}

/** Guards the pages of reports: where others can read along, they take nothing and show numbers to call. */
export function overSecureLine(needs: LineNeeds) {
  const secure = sensitive(needs.cookies);
  return guard("sensitive", async (c, next) =>
    isPlainHere(c) ? (hidden(needs.cookies, c) ?? showPlain(c, needs)) : secure(c, next),
  );
}

async function showPlain(c: AppContext, needs: LineNeeds): Promise<Response> {
  // What somebody typed before the line was known to be open is given back.
  if (c.req.method === "POST") await readFields(c);
  return answerPlain(c, needs);
}
