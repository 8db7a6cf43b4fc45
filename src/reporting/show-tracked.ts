import { type ReporterKey, readAsReporter } from "#casework/index.ts";
import type { Country } from "#country/index.ts";
import type { AppContext, FormState } from "#platform/http/app.ts";
import { wholeNumber } from "#platform/http/form.ts";
import { page } from "#platform/http/page.ts";
import type { Platform } from "#platform/platform.ts";
import { chosenAddress, speakingOf } from "./choose-address.ts";
import { trackedCaseProps } from "./tracked-case.ts";
import { shownFor } from "./tracking-forms.ts";
import { trackedPage } from "./tracking-views.ts";

export interface TrackedNeeds extends Pick<Platform, "db" | "secrets" | "lanes" | "budgets" | "cookies" | "now"> {
  readonly country: Country;
}

interface Shown {
  /** What stands in the box for words, as typed. */
  readonly form: FormState;
  /** What was done just now, where the address does not say it. */
  readonly said?: string | undefined;
}

/** Shows the reporter's own page; undefined where the case is gone. */
export async function showTracked(
  c: AppContext,
  needs: TrackedNeeds,
  key: ReporterKey,
  { form, said }: Shown,
): Promise<Response | undefined> {
  const found = await readAsReporter(needs, key, wholeNumber(c.req.query("below")));
  if (!found) return undefined;
  const ui = c.get("ui");
  const shown = trackedCaseProps(needs.country, ui, {
    ...{ found, form, said: said ?? c.req.query("done") },
    ...{ chosen: chosenAddress(needs.cookies, c), now: needs.now() },
  });
  const props = { ...shown, shown: shownFor(key), ...speakingOf(c, needs.country, shown.address, "/track/messages") };
  const failed = form.errors.length > 0;
  const title = ui.t("tracking.title");
  return page(c, trackedPage, props, { title, failed, status: failed ? 422 : 200, narrow: true });
}
