import { type Country, emergencyContacts } from "#country/index.ts";
import type { PlainMessageKey } from "#messages/messages.ts";
import type { AppContext } from "#platform/http/app.ts";
import { type PageOptions, page } from "#platform/http/page.ts";
import type { View } from "#platform/views/view.ts";
import { codeGroups, codeOf } from "./code.ts";
import { WRITTEN_FIELDS } from "./questions.ts";
import { beforePage, lostPage } from "./views.ts";

type Answer = Response | Promise<Response>;
type Lost = typeof lostPage extends View<infer Props> ? Omit<Props, "typed"> : never;

/** For a draft that is not there any more; what was typed is given back. */
export function answerGone(c: AppContext): Answer {
  const said = { heading: "journey.gone.heading", body: "journey.gone.body" } as const;
  return answer(c, 410, { ...said, contacts: [], again: true, link: undefined });
}

/** For a browser that keeps no cookie: without one it could open no second page. */
export function answerNoCookies(c: AppContext, country: Country): Answer {
  const said = { heading: "journey.cookies.heading", body: "journey.cookies.body" } as const;
  return answer(c, 410, { ...said, contacts: emergencyContacts(country), again: false, link: onePageLink(c) });
}

/** For the one page while nobody could read a report. */
export function answerShut(c: AppContext, country: Country): Answer {
  const said = { heading: "journey.closed.heading", body: "journey.closed.body" } as const;
  return answer(c, 503, { ...said, contacts: emergencyContacts(country), again: false, link: undefined });
}

/** For the one page that arrived before: the code again, and what was typed now. */
export function answerBefore(c: AppContext, draftKey: Uint8Array): Answer {
  const props = { groups: codeGroups(codeOf(draftKey)), typed: typedTexts(c) };
  return page(c, beforePage, props, { title: c.get("ui").t("journey.done.title"), status: 409, narrow: true });
}

const onePageLink = (c: AppContext) => ({ path: c.get("ui").href("/report/one"), label: "one.offer" }) as const;

/** For a page that was changed after the report was sent. */
export function answerSent(c: AppContext, done: string): Answer {
  const said = { heading: "journey.sent.heading", body: "journey.sent.body" } as const;
  return answer(c, 409, { ...said, contacts: [], again: false, link: { path: done, label: "journey.sent.code" } });
}

/** For a report that is complete while nobody could read it. */
export function answerClosed(c: AppContext, country: Country, check: string): Answer {
  const said = { heading: "journey.closed.heading", body: "journey.closed.notSent" } as const;
  const link = { path: check, label: "errors.tryAgain" satisfies PlainMessageKey } as const;
  return answer(c, 503, { ...said, contacts: emergencyContacts(country), again: false, link });
}

function answer(c: AppContext, status: NonNullable<PageOptions["status"]>, lost: Lost): Answer {
  return page(
    c,
    lostPage,
    { ...lost, typed: typedTexts(c) },
    { title: c.get("ui").t("journey.gone.title"), status, narrow: true },
  );
}

/** What is searched for is typed too. */
const TYPED_FIELDS = [...WRITTEN_FIELDS, "words"];

function typedTexts(c: AppContext): readonly string[] {
  return TYPED_FIELDS.flatMap((name) => c.get("typed").get(name) ?? []).filter((text) => text.trim() !== "");
}
