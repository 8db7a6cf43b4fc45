export { checkRoutingNightly } from "./check-routing.ts";
export { directoryRoutes } from "./routes.ts";
