export { publishPages } from "./change-published.ts";
export { libraryDeskRoutes } from "./desk-routes.ts";
export { countWaiting, hasPublished, listPages } from "./library-store.ts";
export { loadPages } from "./load-pages.ts";
export { libraryRoutes } from "./routes.ts";
