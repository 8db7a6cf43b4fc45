export { checkRoutingNightly } from "./check-routing.ts";
export { foundInstitution } from "./found-institution.ts";
export { directoryRoutes } from "./routes.ts";
