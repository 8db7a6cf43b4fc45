import type { PlainMessageKey } from "#messages/messages.ts";

/** A refusal that a person reads: its sentences come from messages, its status tells machines. */
export class Refusal extends Error {
  readonly status: 400 | 403 | 404 | 409 | 410 | 413 | 415 | 422 | 429 | 503;
  readonly title: PlainMessageKey;
  readonly body: PlainMessageKey;
  /** In how many seconds it is worth trying again, where nothing is wrong but too much comes at once. */
  readonly retryAfter: number | undefined;
  constructor(status: Refusal["status"], title: PlainMessageKey, body: PlainMessageKey, retryAfter?: number) {
    super(`${status} ${title}`);
    this.name = "Refusal";
    this.status = status;
    this.title = title;
    this.body = body;
    this.retryAfter = retryAfter;
  }
}

/** Also for what exists but is not yours: a stranger's record does not exist. */
export const notFound = () => new Refusal(404, "errors.notFound.title", "errors.notFound.body");
export const otherSite = () => new Refusal(403, "errors.otherSite.title", "errors.otherSite.body");
export const sessionOver = () => new Refusal(403, "errors.sessionOver.title", "errors.sessionOver.body");
export const unreadable = () => new Refusal(400, "errors.unreadable.title", "errors.unreadable.body");
export const wrongType = () => new Refusal(415, "errors.wrongType.title", "errors.wrongType.body");
export const tooLarge = () => new Refusal(413, "errors.tooLarge.title", "errors.tooLarge.body");
export const tooMany = () => new Refusal(429, "errors.tooMany.title", "errors.tooMany.body");
/** Nobody did anything wrong: the same form is taken a moment later. */
export const busy = () => new Refusal(503, "errors.busy.title", "errors.busy.body", 5);
export const notTaken = () => new Refusal(503, "errors.notTaken.title", "errors.notTaken.body");
