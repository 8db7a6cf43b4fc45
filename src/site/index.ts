export { answerError } from "./error-page.ts";
export { publicFrame, staffFrame } from "./frame.ts";
export { siteRoutes } from "./routes.ts";
