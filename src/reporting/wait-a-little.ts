import type { AppContext } from "#platform/http/app.ts";
import { Refusal } from "#platform/http/errors.ts";
import { page } from "#platform/http/page.ts";
import type { Platform } from "#platform/platform.ts";
import { speechTo, voiceLink } from "./choose-address.ts";
import { type Answers, isInDanger } from "./draft.ts";
import { readLocked, writeLocked } from "./locked-cookie.ts";
import { beginLaterPage } from "./views.ts";
import { otherAddress } from "./voice.ts";

type Needs = Pick<Platform, "cookies">;
type WaitingNeeds = Pick<Platform, "cookies" | "secrets" | "now">;

/** Long enough for a few hundred pages of others, short enough for somebody who is afraid. */
const ASK_AGAIN_SECONDS = 5;
const COOKIE = { name: "b", purpose: "place that waits" } as const;
const ANYWHERE = "1";

/**
 * Thrown over a budget, and where the lane for sending is full: the error page carries every typed field and sends it
 * again when its button is pressed.
 */
export function waitALittle(c: AppContext, needs: Needs, answers: Answers = {}): Refusal {
  const { address } = speechTo(c, needs, answers);
  return new Refusal(503, "journey.wait.title", `journey.wait.body.${address}`, ASK_AGAIN_SECONDS);
}

/** Takes from a budget of everybody; whoever is in danger goes on where others wait. Throws `waitALittle()`. */
export function spend(
  c: AppContext,
  needs: Needs & Pick<Platform, "budgets" | "now">,
  kind: "pages" | "reports",
  answers: Answers,
): void {
  if (!needs.budgets[kind].take(needs.now()) && !isInDanger(answers)) throw waitALittle(c, needs, answers);
}

/**
 * Lets somebody begin as soon as there is room: the page asks by itself, and the cookie says that Begin was pressed.
 * @param place the code of the municipality that was chosen, where one was asked for
 */
export function showBeginLater(
  needs: WaitingNeeds,
  c: AppContext,
  place: string | undefined,
): Response | Promise<Response> {
  const { t, href } = c.get("ui");
  const { address } = speechTo(c, needs, {});
  writeLocked(needs, c, COOKIE, place ?? ANYWHERE);
  askAgainAt(c, href("/report/turn"));
  const voice = voiceLink(otherAddress(address), href("/report/turn"));
  return page(c, beginLaterPage, { address, voice }, { title: t("journey.wait.title"), status: 503, narrow: true });
}

/** Lets the page ask for an address by itself in a few seconds, so that whoever is afraid has only to wait. */
export function askAgainAt(c: AppContext, path: string): void {
  c.header("Refresh", `${ASK_AGAIN_SECONDS};url=${path}`);
  c.header("Retry-After", String(ASK_AGAIN_SECONDS));
}

/** Whether somebody waits to begin, and with which municipality where one was asked for. */
export function waitingToBegin(needs: WaitingNeeds, c: AppContext): { readonly place: string | undefined } | undefined {
  const kept = readLocked(needs, c, COOKIE);
  return kept === undefined ? undefined : { place: kept === ANYWHERE ? undefined : kept };
}

export function stopWaitingToBegin({ cookies }: Needs, c: AppContext): void {
  cookies.remove(c, COOKIE.name);
}
