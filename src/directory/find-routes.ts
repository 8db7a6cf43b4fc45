import { Hono } from "hono";
import type { AppEnv, Routes } from "#platform/http/app.ts";
import { sensitive } from "#platform/http/away.ts";
import { LANG } from "#platform/http/language.ts";
import { showFinder } from "./find-page.ts";
import { showInstitution } from "./institution-page.ts";
import type { DirectoryNeeds } from "./needs.ts";

/** What the public finds: institutions by place and need, and a page of each. */
export function findRoutes(needs: DirectoryNeeds): Routes {
  const here = sensitive(needs.cookies);
  return new Hono<AppEnv>()
    .get(`${LANG}/find`, here, (c) => showFinder(c, needs))
    .get(`${LANG}/find/:id{[\\w-]{8,40}}`, here, (c) => showInstitution(c, needs));
}
