import type { Country } from "#country/index.ts";
import { randomToken } from "#platform/crypto/derive.ts";
import type { FormState } from "#platform/http/app.ts";
import { formState } from "#platform/http/form.ts";
import type { Ui } from "#platform/views/ui.ts";
import type { AccessRequest } from "./access-requests.ts";
import type { Access, AccessPlace } from "./access-store.ts";
import type { accessPage, caseAccessPage, grantedPage, ShownRequest } from "./access-views.ts";
import { sayAsker, sayState, stateOf } from "./access-words.ts";
import { casePageProps } from "./case-page.ts";
import { DAYS } from "./decide-access.ts";
import { accessAddress, caseAddress } from "./list-address.ts";
import type { GrantedCase } from "./read-granted-case.ts";

export const ROWS_A_PAGE = 20;

interface Own {
  /** One more than a page where others follow. */
  readonly found: readonly { readonly access: Access; readonly number: string }[];
  readonly before: AccessPlace | undefined;
  readonly form: FormState;
  readonly now: number;
}

/** A supervisor's own requests; a number leads on only while it may be read. */
export function accessPageProps(ui: Ui, { found, before, form, now }: Own): NonNullable<typeof accessPage.props> {
  const shown = found.slice(0, ROWS_A_PAGE);
  const last = found.length > ROWS_A_PAGE ? shown.at(-1)?.access : undefined;
  return {
    rows: shown.map(({ access, number }) => ({
      number,
      path: stateOf(access, now) === "granted" ? accessAddress(number) : undefined,
      asked: access.askedAt,
      state: sayState(ui, access, now),
    })),
    rowsAPage: ROWS_A_PAGE,
    first: before && accessAddress(),
    next: last && accessAddress("", { before: `${last.askedAt}.${last.id}` }),
    once: form.field("once").value || randomToken(),
    form,
  };
}

interface Asked {
  readonly number: string;
  readonly requests: readonly AccessRequest[];
  readonly form: FormState;
  readonly now: number;
}

/** What is asked of the desk of a case, with the buttons that fit what each request has come to. */
export function caseAccessProps(
  ui: Ui,
  { number, requests, form, now }: Asked,
): NonNullable<typeof caseAccessPage.props> {
  return {
    number,
    path: caseAddress(number),
    requests: requests.map((request) => shownRequest(ui, { number, request, now })),
    days: DAYS.map(Number),
    form,
  };
}

function shownRequest(
  ui: Ui,
  { number, request, now }: Pick<Asked, "number" | "now"> & { readonly request: AccessRequest },
): ShownRequest {
  const { access, decider, reason } = request;
  const to = (what: string) => caseAddress(number, {}, `/access/${access.id}/${what}`);
  const state = stateOf(access, now);
  const name = decider ?? ui.t("exclusions.left");
  return {
    who: sayAsker(ui, request),
    since: access.askedAt,
    reason,
    state: sayState(ui, access, now),
    decided:
      access.decidedAt === null ? undefined : ui.t("access.decided", { name, moment: ui.moment(access.decidedAt) }),
    decide: state === "waits" ? { grant: to("grant"), refuse: to("refuse") } : undefined,
    end: state === "granted" ? to("end") : undefined,
  };
}

interface Granted extends GrantedCase {
  readonly now: number;
  /** Somebody leafs through the earlier assessments. */
  readonly browsing: boolean;
}

/** The words of a case's own page as far as they are read, with addresses that lead to nothing but reading. */
export function grantedPageProps(
  country: Country,
  ui: Ui,
  { read, endsAt, now, browsing }: Granted,
): NonNullable<typeof grantedPage.props> {
  const { number } = read.file;
  const { older } = read.versions;
  const nothing = { form: formState(new Map()), list: {}, next: undefined, resolution: undefined, closes: false };
  const { earlier: _, versions, ...shown } = casePageProps(country, ui, { read, now, browsing, ...nothing });
  return {
    ...shown,
    deadlines: shown.deadlines.map((each) => ({ ...each, extend: undefined })),
    endsAt,
    earlier:
      read.earlier === undefined ? undefined : `${accessAddress(number, { below: String(read.earlier) })}#entries`,
    versions: {
      ...versions,
      older: older === undefined ? undefined : `${accessAddress(number, { versions: String(older) })}#assessment-part`,
    },
  };
}
