import { Hono } from "hono";
import type { AppEnv, Routes } from "#platform/http/app.ts";
import type { DirectoryNeeds } from "./needs.ts";

/** The pages of the directory: the public's finder and the staff's registry, import, opening and routing. */
export function directoryRoutes(_needs: DirectoryNeeds): Routes {
  return new Hono<AppEnv>();
}
