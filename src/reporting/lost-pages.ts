import { type Country, emergencyContacts } from "#country/index.ts";
import type { PlainMessageKey } from "#messages/messages.ts";
import type { AppContext } from "#platform/http/app.ts";
import { type PageOptions, page } from "#platform/http/page.ts";
import type { Platform } from "#platform/platform.ts";
import type { OtherVoice } from "#platform/views/parts.ts";
import { BESIDE_FIELDS } from "./beside-texts.ts";
import { otherVoice, speechTo, voiceLink } from "./choose-address.ts";
import { codeGroups, codeOf } from "./code.ts";
import type { Answers } from "./draft.ts";
import { pathTo } from "./place.ts";
import { WRITTEN_FIELDS } from "./questions.ts";
import { beforePage, lostPage } from "./views.ts";

type Answer = Response | Promise<Response>;
type Needs = Pick<Platform, "cookies"> & { readonly country: Country };
type Props = NonNullable<typeof lostPage.props>;
type Lost = Partial<Props> & Pick<Props, "heading" | "body" | "voice">;

/** For a draft that is not there any more; what was typed is given back. */
export function answerGone(c: AppContext, needs: Needs): Answer {
  const said = { heading: "journey.gone.heading", body: "journey.gone.body" } as const;
  return answer(c, 410, { ...said, voice: voiceHere(c, needs), again: true });
}

/** For a browser that keeps no cookie: without one it could open no second page. */
export function answerNoCookies(c: AppContext, needs: Needs): Answer {
  const said = { heading: "journey.cookies.heading", body: "journey.cookies.body" } as const;
  const link = { path: c.get("ui").href("/report/one"), label: "one.offer" } as const;
  return answer(c, 410, { ...said, voice: voiceHere(c, needs), contacts: emergencyContacts(needs.country), link });
}

/** For the one page while nobody could read a report. */
export function answerShut(c: AppContext, needs: Needs): Answer {
  const said = { heading: "journey.closed.heading", body: "journey.closed.body" } as const;
  return answer(c, 503, { ...said, voice: voiceHere(c, needs), contacts: emergencyContacts(needs.country) });
}

/** For a service that others can listen to: a call says more than a form may. */
export function answerPlain(c: AppContext, needs: Needs): Answer {
  const said = { heading: "journey.plain.heading", body: "journey.plain.body" } as const;
  const link = { path: c.get("ui").href("/help"), label: "site.nav.help" } as const;
  return answer(c, 503, { ...said, voice: voiceHere(c, needs), contacts: emergencyContacts(needs.country), link });
}

/** For the one page that arrived before: the code again, and what was typed now. */
export function answerBefore(c: AppContext, draftKey: Uint8Array, voice: OtherVoice): Answer {
  const props = { groups: codeGroups(codeOf(draftKey)), typed: typedTexts(c), voice };
  return page(c, beforePage, props, { title: c.get("ui").t("journey.done.title"), status: 409, narrow: true });
}

/** For a page that was changed after the report was sent. */
export function answerSent(c: AppContext, needs: Needs, answers: Answers): Answer {
  const said = { heading: "journey.sent.heading", body: "journey.sent.body" } as const;
  const link = { path: pathTo(c, "done"), label: "journey.sent.code" } as const;
  return answer(c, 409, { ...said, voice: voiceHere(c, needs, answers), link });
}

/** For a report that is complete while nobody could read it; everything is kept, and the check page says so too. */
export function answerClosed(c: AppContext, needs: Needs, answers: Answers): Answer {
  const said = { heading: "journey.closed.heading", body: "journey.closed.notSent" } as const;
  const check = pathTo(c, "10");
  const link = { path: check, label: "errors.tryAgain" satisfies PlainMessageKey } as const;
  const voice = voiceLink(voiceHere(c, needs, answers).other, check);
  return answer(c, 503, { ...said, voice, contacts: emergencyContacts(needs.country), link });
}

function voiceHere(c: AppContext, needs: Needs, answers: Answers = {}): OtherVoice {
  return otherVoice(c, speechTo(c, needs, answers).address);
}

function answer(c: AppContext, status: NonNullable<PageOptions["status"]>, lost: Lost): Answer {
  return page(
    c,
    lostPage,
    { contacts: [], again: false, link: undefined, ...lost, typed: typedTexts(c) },
    { title: c.get("ui").t("journey.gone.title"), status, narrow: true },
  );
}

/** What is searched for is typed too. */
const TYPED_FIELDS = [...WRITTEN_FIELDS, ...BESIDE_FIELDS, "words"];

function typedTexts(c: AppContext): readonly string[] {
  return TYPED_FIELDS.flatMap((name) => c.get("typed").get(name) ?? []).filter((text) => text.trim() !== "");
}
