import { Hono } from "hono";
import { may } from "#accounts/index.ts";
import type { AppEnv, Routes } from "#platform/http/app.ts";
import { receiveCheck, showHoles } from "./holes-page.ts";
import type { DirectoryNeeds } from "./needs.ts";
import { showRouting } from "./routing-page.ts";

/** Who answers for what and why, and for what nobody does. */
export function routingRoutes(needs: DirectoryNeeds): Routes {
  return new Hono<AppEnv>()
    .get("/staff/routing", may(needs, "directory.read"), (c) => showRouting(c, needs))
    .get("/staff/routing/holes", may(needs, "directory.read"), (c) => showHoles(c, needs))
    .post("/staff/routing/holes/check", may(needs, "directory.change"), (c) => receiveCheck(c, needs));
}
