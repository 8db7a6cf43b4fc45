import { Hono } from "hono";
import type { AppEnv, Routes } from "#platform/http/app.ts";
import { findRoutes } from "./find-routes.ts";
import { importRoutes } from "./import-routes.ts";
import type { DirectoryNeeds } from "./needs.ts";
import { openingRoutes } from "./opening-routes.ts";
import { registryRoutes } from "./registry-routes.ts";
import { routingRoutes } from "./routing-routes.ts";

/** The pages of the directory: the public's finder and the staff's registry, import, opening and routing. */
export function directoryRoutes(needs: DirectoryNeeds): Routes {
  return (
    new Hono<AppEnv>()
      // Before the registry, for which "import" and "export" would be the ids of institutions.
      .route("/", importRoutes(needs))
      .route("/", registryRoutes(needs))
      .route("/", findRoutes(needs))
      .route("/", openingRoutes(needs))
      .route("/", routingRoutes(needs))
  );
}
