import { account, can, type Permission } from "#accounts/index.ts";
import { type Contact, type Country, emergencyContacts } from "#country/index.ts";
import type { PlainMessageKey } from "#messages/messages.ts";
import type { AppContext } from "#platform/http/app.ts";
import { isGated } from "#platform/http/away.ts";
import { offeredOf } from "#platform/http/language.ts";
import { closesSoon } from "#platform/http/school-computer.ts";

/** What stands around every public page. */
export interface PublicFrame {
  readonly demo: boolean;
  readonly emergency: readonly Contact[];
  /** None where the page is typed into: there they stand below the form. */
  readonly languages: readonly {
    readonly tag: string;
    readonly short: string;
    readonly name: string;
    readonly path: string;
  }[];
  readonly nav: readonly { readonly path: string; readonly label: PlainMessageKey; readonly current: boolean }[];
  /** On a shared computer everything closes by itself, and each page says so. */
  readonly closes: boolean;
  /** Pages that must not come back from the browser's memory after leaving. */
  readonly guarded: boolean;
  /** A page with a form or with somebody's words: there the language changes below it, where what is typed stays. */
  readonly typing: boolean;
}

const NAV: readonly { readonly path: string; readonly label: PlainMessageKey }[] = [
  { path: "/", label: "site.nav.home" },
  { path: "/learn", label: "pages.nav.learn" },
  { path: "/report", label: "site.nav.report" },
  { path: "/track", label: "site.nav.track" },
  { path: "/help", label: "site.nav.help" },
];

/** Whoever fills in a report is offered no other page beside it. */
const JOURNEY = /^\/[^/]+\/(r\/|report\/one$)/;
/** Pages whose address says what was chosen, which stays when the language changes. */
const ASKING = /^\/[^/]+\/find$/;
const TYPING = /^\/[^/]+\/(r\/[^/]+\/(?!10$)\d+(\/[b-z])?|report\/one)$/;

export function publicFrame(country: Country, demo: boolean): (c: AppContext) => PublicFrame {
  const emergency = emergencyContacts(country);
  return (c) => {
    const rest = c.req.path.replace(/^\/[^/]*/, "");
    const { lang, href } = c.get("ui");
    const search = ASKING.test(c.req.path) ? new URL(c.req.url).search : "";
    const typing = TYPING.test(c.req.path) || c.get("typed").size > 0;
    const languages = typing ? [] : offeredOf(c, country.languages);
    return {
      demo,
      emergency,
      languages: languages.map(({ tag, short, name }) => ({
        ...{ tag, short, name },
        path: `/${tag}${rest || "/"}${search}`,
      })),
      nav: JOURNEY.test(c.req.path)
        ? []
        : NAV.map((item) => ({ ...item, path: href(item.path), current: c.req.path === `/${lang}${item.path}` })),
      closes: closesSoon(c),
      guarded: isGated(c),
      typing,
    };
  };
}

/** Pages of the directory lie beside the list of institutions. */
const DIRECTORY = ["/staff/absences", "/staff/opening", "/staff/routing"];
const STAFF_NAV: readonly {
  readonly path: string;
  readonly label: PlainMessageKey;
  readonly needs: Permission;
  readonly beside?: readonly string[];
}[] = [
  { path: "/staff/cases", label: "accounts.nav.cases", needs: "case.list" },
  { path: "/staff/institutions", label: "accounts.nav.institutions", needs: "directory.read", beside: DIRECTORY },
  { path: "/staff/access", label: "access.nav", needs: "case.ask" },
  { path: "/staff/deadlines", label: "deadlines.nav", needs: "deadline.list" },
  { path: "/staff/desks", label: "accounts.nav.desks", needs: "desk.silentBelow" },
  { path: "/staff/report", label: "accounts.nav.report", needs: "report.onBehalf" },
  { path: "/staff/team", label: "accounts.nav.team", needs: "team.own", beside: ["/staff/invitations"] },
  { path: "/staff/people", label: "accounts.nav.people", needs: "people.read" },
  { path: "/staff/library", label: "accounts.nav.library", needs: "library.publish" },
  { path: "/staff/audit", label: "accounts.nav.audit", needs: "audit.read" },
  { path: "/staff/start", label: "accounts.nav.start", needs: "service.start" },
  { path: "/staff/account", label: "accounts.nav.account", needs: "account.own" },
];

/** What stands around every staff page. */
export interface StaffFrame extends Omit<PublicFrame, "guarded" | "typing"> {
  /** The signed-in person's name, shown so that nobody works in a colleague's session. */
  readonly person: string | undefined;
}

export function staffFrame(country: Country, demo: boolean): (c: AppContext) => StaffFrame {
  const emergency = emergencyContacts(country);
  return (c) => {
    const who = account.find(c);
    return {
      demo,
      emergency,
      closes: closesSoon(c),
      person: who?.name,
      languages: country.languages.map(({ tag, short, name }) => ({ tag, short, name, path: "" })),
      nav: STAFF_NAV.filter((item) => who && can(who, item.needs)).map(({ path, label, beside = [] }) => ({
        path,
        label,
        current: [path, ...beside].some((each) => c.req.path.startsWith(each)),
      })),
    };
  };
}
