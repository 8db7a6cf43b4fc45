import { render } from "#platform/views/render.ts";
import { type View, view } from "#platform/views/view.ts";
import type { AppContext } from "./app.ts";
import { answerHtml } from "./compress.ts";
import { answerWhole } from "./storable.ts";

const layouts = { public: view<object>("layouts/page"), staff: view<object>("layouts/staff") };

export interface PageOptions {
  readonly status?: 200 | 201 | 400 | 403 | 404 | 409 | 410 | 413 | 415 | 422 | 429 | 500 | 503;
  /** A neutral title: it stands in the history of a shared phone. */
  readonly title: string;
  readonly layout?: keyof typeof layouts;
  /** Put before the title when a form came back with errors (WCAG 2.2, 3.3.1). */
  readonly failed?: boolean;
  /** Narrow pages hold one thing, such as a step. */
  readonly narrow?: boolean;
}

/** Answers with a whole page: the view inside the layout of its audience. */
export function page<Props extends object>(
  c: AppContext,
  shown: View<Props>,
  props: Props,
  options: PageOptions,
): Response {
  const ui = c.get("ui");
  const body = render(ui, shown, props);
  const title = options.failed ? `${ui.t("site.titleError")} ${options.title}` : options.title;
  const layout = layouts[options.layout ?? "public"];
  const facts = { title, body, narrow: options.narrow ?? false, ...c.get("frame")(c) };
  const html = render(ui, layout, facts);
  const status = options.status ?? 200;
  return status === 200 ? answerWhole(c, html) : answerHtml(c, html, status);
}

/** Answers with another address for the whole window; htmx would follow a 303 and put that page into a part of this one. */
export function leadTo(c: AppContext, path: string): Response {
  return isForHtmx(c) ? c.body(null, 204, { "HX-Redirect": path }) : seeOther(c, path);
}

/** Lets a whole page that answers htmx take the place of the one it stands on, instead of nesting inside a part. */
export function replacePage(c: AppContext): void {
  if (!isForHtmx(c)) return;
  c.header("HX-Retarget", "#main");
  c.header("HX-Reselect", "#main");
  c.header("HX-Reswap", "outerHTML");
}

const isForHtmx = (c: AppContext) => c.req.header("hx-request") === "true";

/** True when htmx asks for a part of the page it stands on; coming back by history is asked for whole. */
export function wantsFragment(c: AppContext): boolean {
  c.header("Vary", "HX-Request", { append: true });
  return isForHtmx(c) && c.req.header("hx-history-restore-request") === undefined;
}

/** Answers with a part of a page; what it is not given, it does not show. */
export function fragment<Props extends object>(c: AppContext, shown: View<Props>, props: Props): Response {
  return answerHtml(c, render(c.get("ui"), shown, props));
}

/** Answers a form with the address to look at next, so that reloading sends nothing twice. */
export function seeOther(c: AppContext, path: string): Response {
  return c.body(null, 303, { Location: path });
}
