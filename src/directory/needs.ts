import type { MiddlewareHandler } from "hono";
import type { Country } from "#country/index.ts";
import type { AppEnv } from "#platform/http/app.ts";
import type { Platform } from "#platform/platform.ts";

/** What the directory's pages need of the service. */
export interface DirectoryNeeds extends Pick<Platform, "db" | "cookies" | "now"> {
  readonly country: Country;
  /** Asks once more who it is before something far-reaching. */
  readonly fresh: MiddlewareHandler<AppEnv>;
}
