import { type Country, emergencyContacts } from "#country/index.ts";
import { LaneFull } from "#platform/crypto/lane.ts";
import { StorageError } from "#platform/db/errors.ts";
import type { AppContext } from "#platform/http/app.ts";
import { notTaken, Refusal, tooMany } from "#platform/http/errors.ts";
import { page } from "#platform/http/page.ts";
import { describeError, type Log } from "#platform/log.ts";
import { errorPage } from "./views.ts";

/** More values than any form of ours has. */
const MOST_SHOWN = 60;
/** Fields nobody typed: sent again, but not shown. */
const MACHINERY = new Set(["go", "once", "version", "based", "return"]);
/** An answer chosen from a list; where the form is sent again it travels along and need not be shown. */
const CODE = /^[a-z0-9_-]{1,40}$/;
/** Fields that are never written back into a page. */
const SECRET = /password|code|recovery|token/i;

/** Answers every error with a page in the person's language that gives the typed text back. */
export function answerError(country: Country, log: Log) {
  const emergency = emergencyContacts(country);
  return (error: unknown, c: AppContext): Response | Promise<Response> => {
    const refusal = asRefusal(error);
    const requestId = c.get("requestId");
    const quiet = error instanceof Refusal || c.req.raw.signal.aborted;
    if (!quiet) log.error({ id: requestId, ...describeError(error) }, "request failed");
    const { t, href } = c.get("ui");
    const staff = c.req.path.startsWith("/staff");
    const title = refusal?.title ?? "errors.broken.title";
    const again = canBeSentAgain(c, refusal) ? c.req.path : undefined;
    if (refusal?.retryAfter) c.header("Retry-After", String(refusal.retryAfter));
    return page(
      c,
      errorPage,
      {
        heading: title,
        explanation: refusal?.body ?? "errors.broken.body",
        requestId,
        emergency,
        typed: typedTexts(c, again !== undefined),
        again,
        waits: refusal?.retryAfter !== undefined,
        start: staff ? "/staff" : href("/"),
      },
      { title: t(title), status: refusal?.status ?? 500, layout: staff ? "staff" : "public", narrow: true },
    );
  };
}

function asRefusal(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  if (error instanceof StorageError) return notTaken();
  return error instanceof LaneFull ? tooMany() : undefined;
}

/** A form without its password or code would only be refused. */
function canBeSentAgain(c: AppContext, refusal: Refusal | undefined): boolean {
  const helps = refusal?.status === 503 || refusal?.status === 429;
  return helps && c.req.method === "POST" && ![...c.get("typed").keys()].some((name) => SECRET.test(name));
}

function typedTexts(c: AppContext, sentAgain: boolean): { name: string; value: string; shown: boolean }[] {
  const isShown = (name: string, value: string) =>
    !MACHINERY.has(name) && value.trim() !== "" && !(sentAgain && CODE.test(value));
  const values = [...c.get("typed")].flatMap(([name, values]) =>
    SECRET.test(name) ? [] : values.map((value) => ({ name, value, shown: isShown(name, value) })),
  );
  return values.slice(0, MOST_SHOWN);
}
