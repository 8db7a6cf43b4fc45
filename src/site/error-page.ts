import { HOW_TO_SECURE } from "#accounts/index.ts";
import { type Country, emergencyContacts } from "#country/index.ts";
import type { PlainMessageKey } from "#messages/messages.ts";
import { LaneFull } from "#platform/crypto/lane.ts";
import { StorageError } from "#platform/db/errors.ts";
import type { AppContext } from "#platform/http/app.ts";
import { busy, notTaken, Refusal } from "#platform/http/errors.ts";
import { page, replacePage } from "#platform/http/page.ts";
import { PlainLine } from "#platform/http/plain-line.ts";
import { readFields } from "#platform/http/read-body.ts";
import { isSecretField } from "#platform/http/secret-fields.ts";
import { describeError, type Log } from "#platform/log.ts";
import { WRITTEN_FIELDS } from "#reporting/index.ts";
import { errorPage } from "./views.ts";

/** More values than any form of ours has. */
const MOST_SHOWN = 60;
/** Fields nobody typed: sent again, but not shown. */
const MACHINERY = new Set([
  ...["go", "once", "noteOnce", "version", "based", "seen", "return", "draft", "as"],
  ...["urgency", "status", "asks", "decision", "shown", "opened", "searched", "beside", "page", "outside"],
  ...["institution", "desk", "person", "leads", "last", "former", "replaces", "fallback", "only", "mark"],
  ...["confirmed", "shared", "shelf", "size"],
]);
/** Texts of people, which are shown whatever they look like. */
const TEXTS = new Set(["words", "note", "message", "reason", "assessment", ...WRITTEN_FIELDS]);
/** An answer chosen from a list; where the form is sent again it travels along and need not be shown. */
const CODE = /^[a-z0-9_-]{1,40}$/;

type Way = { readonly path: string; readonly label: PlainMessageKey };
/** No error page is a dead end. */
const WAYS: readonly Way[] = [
  { path: "/", label: "errors.toStart" },
  { path: "/report", label: "site.home.report" },
  { path: "/track", label: "site.home.track" },
  { path: "/help", label: "site.help.title" },
];
const STAFF_WAYS: readonly Way[] = [{ path: "/staff", label: "errors.toStart" }];
/** The start of somebody who works on cases is closed as well. */
const OPEN_STAFF_WAYS: readonly Way[] = [{ path: "/staff/account", label: "accounts.nav.account" }];
const staffWays = (refusal: Refusal | undefined) => (refusal instanceof PlainLine ? OPEN_STAFF_WAYS : STAFF_WAYS);

/** Answers every error with a page in the person's language that gives the typed text back. */
export function answerError(country: Country, log: Log) {
  const emergency = emergencyContacts(country);
  return async (error: unknown, c: AppContext): Promise<Response> => {
    await readUnread(c);
    const refusal = asRefusal(error);
    const requestId = c.get("requestId");
    const quiet = error instanceof Refusal || c.req.raw.signal.aborted;
    if (!quiet) log.error({ id: requestId, ...describeError(error) }, "request failed");
    const { t, href } = c.get("ui");
    const staff = c.req.path.startsWith("/staff");
    const title = refusal?.title ?? "errors.broken.title";
    const sent = c.req.method === "POST";
    const again = sent && mayHelpAgain(refusal) && canBeSentAgain(c, refusal) ? c.req.path : undefined;
    const typed = typedTexts(c, again !== undefined);
    if (refusal?.retryAfter) c.header("Retry-After", String(refusal.retryAfter));
    replacePage(c);
    return page(
      c,
      errorPage,
      {
        heading: title,
        explanation: refusal?.body ?? (sent ? "errors.broken.sent" : "errors.broken.body"),
        requestId,
        emergency,
        typed: typed.filter(({ shown }) => shown),
        fields: typed,
        again,
        waits: refusal?.retryAfter !== undefined,
        ours: (refusal?.status ?? 500) >= 500,
        commands: refusal instanceof PlainLine ? HOW_TO_SECURE : [],
        ways: staff ? staffWays(refusal) : WAYS.map(({ path, label }) => ({ path: href(path), label })),
      },
      { title: t(title), status: refusal?.status ?? 500, layout: staff ? "staff" : "public", narrow: true },
    );
  };
}

/** A form that failed before anybody read it, such as one for an address that is not there, is given back as well. */
async function readUnread(c: AppContext): Promise<void> {
  if (c.req.method !== "POST" || c.get("typed").size > 0 || c.req.raw.bodyUsed) return;
  await readFields(c).catch(() => undefined);
}

/** What failed here may pass in a minute; what was refused stays refused. */
function mayHelpAgain(refusal: Refusal | undefined): boolean {
  // Sent once more over the same line, the words would only be read along once more.
  if (refusal instanceof PlainLine) return false;
  return refusal === undefined || refusal.status === 503 || refusal.status === 429;
}

function asRefusal(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  if (error instanceof StorageError) return notTaken();
  return error instanceof LaneFull ? busy() : undefined;
}

/** A form without its password or code would only be refused, and an empty one says nothing unless it was made to wait. */
function canBeSentAgain(c: AppContext, refusal: Refusal | undefined): boolean {
  const names = [...c.get("typed").keys()];
  return !names.some(isSecretField) && (names.length > 0 || refusal?.retryAfter !== undefined);
}

function typedTexts(c: AppContext, sentAgain: boolean): { name: string; value: string; shown: boolean }[] {
  const isShown = (name: string, value: string) =>
    !MACHINERY.has(name) && value.trim() !== "" && !(sentAgain && !TEXTS.has(name) && CODE.test(value));
  const values = [...c.get("typed")].flatMap(([name, values]) =>
    isSecretField(name) ? [] : values.map((value) => ({ name, value, shown: isShown(name, value) })),
  );
  return values.slice(0, MOST_SHOWN);
}
