export { auditRoutes } from "./audit-routes.ts";
export { answerError } from "./error-page.ts";
export { publicFrame, staffFrame } from "./frame.ts";
export { siteRoutes } from "./routes.ts";
