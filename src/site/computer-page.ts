import type { AppContext } from "#platform/http/app.ts";
import type { CookieJar } from "#platform/http/cookies.ts";
import { page, seeOther } from "#platform/http/page.ts";
import { readFields } from "#platform/http/read-body.ts";
import { isShared, shareComputer, unshareComputer } from "#platform/http/school-computer.ts";
import { computer } from "./views.ts";

/** Says what a shared computer does differently, and switches it. */
export function showComputer(c: AppContext, cookies: CookieJar): Response | Promise<Response> {
  const props = { shared: isShared(cookies, c) };
  return page(c, computer, props, { title: c.get("ui").t("pages.school.title"), narrow: true });
}

/** The one act that gives or takes the cookie; the answer is a page that shows what holds now. */
export async function receiveComputer(c: AppContext, cookies: CookieJar): Promise<Response> {
  const fields = await readFields(c);
  if (fields.get("shared")?.[0] === "no") unshareComputer(cookies, c);
  else shareComputer(cookies, c);
  return seeOther(c, c.get("ui").href("/computer"));
}
