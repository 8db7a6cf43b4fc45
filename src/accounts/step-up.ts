import type { MiddlewareHandler } from "hono";
import type { AppContext, AppEnv, FormState } from "#platform/http/app.ts";
import { formState } from "#platform/http/form.ts";
import { page, seeOther } from "#platform/http/page.ts";
import { readFields } from "#platform/http/read-body.ts";
import { isSecretField } from "#platform/http/secret-fields.ts";
import type { Platform } from "#platform/platform.ts";
import { type SignedIn, signedIn } from "./account.ts";
import { confirmAgain } from "./confirm-again.ts";
import type { SignInNeeds } from "./sign-in.ts";
import { takeTry } from "./take-try.ts";
import type { Tries } from "./tries.ts";
import { confirmPage } from "./views.ts";

/** For so long what was shown counts as just shown. */
const FRESH_MS = 5 * 60_000;
/** Where a page that is only looked at asks for it. */
export const CONFIRM = "/staff/confirm";

export interface StepUpNeeds extends SignInNeeds, Pick<Platform, "cookies" | "log"> {
  readonly tries: Tries;
}

/**
 * Asks once more who it is before something far-reaching: by the second factor, or by the password where there is none.
 * What was typed goes along, and is taken together with the answer (OWASP ASVS 5, 7.5).
 */
export function steppedUp(needs: StepUpNeeds): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const who = signedIn.get(c);
    if (isFresh(who, needs.now())) return next();
    if (c.req.method !== "POST")
      return showConfirm(c, who, { action: CONFIRM, carried: [{ name: "to", value: pathOf(c) }] });
    const form = await takeAnswer(c, needs, who);
    if (form === "right") return next();
    return showConfirm(c, who, { action: pathOf(c), carried: carriedFrom(c), form });
  };
}

/** Takes the answer that a page asked for, and leads on to that page. */
export async function receiveConfirm(c: AppContext, needs: StepUpNeeds): Promise<Response> {
  const who = signedIn.get(c);
  const fields = await readFields(c, true);
  const to = fields.get("to")?.[0] ?? "";
  const form = await takeAnswer(c, needs, who);
  const carried = [{ name: "to", value: to }];
  if (form !== "right") return showConfirm(c, who, { action: CONFIRM, carried, form });
  // Only this service's own staff pages: anything else would lead a colleague away.
  return seeOther(c, /^\/staff\/[\w/?=&%.-]*$/.test(to) ? to : "/staff");
}

const pathOf = (c: AppContext) => c.req.path + new URL(c.req.url).search;
const isFresh = ({ confirmedAt }: SignedIn, now: number) => confirmedAt !== undefined && now - confirmedAt < FRESH_MS;

async function takeAnswer(c: AppContext, needs: StepUpNeeds, who: SignedIn): Promise<FormState | "right" | undefined> {
  const fields = await readFields(c, true);
  const name = askedFor(who);
  const typed = fields.get(name)?.[0];
  if (typed === undefined) return undefined;
  const wrong = (said: "accounts.confirm.tooMany" | "accounts.code.wrong" | "accounts.password.wrong") =>
    formState(fields, [{ field: name, phrase: { key: said } }]);
  if (!(await takeTry(needs, c, "codes", { session: who }))) return wrong("accounts.confirm.tooMany");
  if (await confirmAgain(needs, who, typed)) return "right";
  return wrong(who.hasSecondFactor ? "accounts.code.wrong" : "accounts.password.wrong");
}

/** Names of their own: what is confirmed may be a form with a code or a password in it. */
const askedFor = ({ hasSecondFactor }: SignedIn) => (hasSecondFactor ? "confirmCode" : "confirmPassword");

/** Everything that was typed but the answer itself. */
function carriedFrom(c: AppContext): { name: string; value: string }[] {
  return [...c.get("typed")]
    .filter(([name]) => !isSecretField(name))
    .flatMap(([name, values]) => values.map((value) => ({ name, value })));
}

interface Asking {
  readonly action: string;
  readonly carried: readonly { readonly name: string; readonly value: string }[];
  readonly form?: FormState | undefined;
}

function showConfirm(c: AppContext, who: SignedIn, { action, carried, form }: Asking): Response {
  const { t } = c.get("ui");
  const shown = form ?? formState(new Map());
  const failed = shown.errors.length > 0;
  return page(
    c,
    confirmPage,
    { form: shown, action, carried, asks: askedFor(who) },
    { title: t("accounts.confirm.title"), failed, status: failed ? 422 : 200, layout: "staff", narrow: true },
  );
}
