import type { Column } from "./columns.ts";
import type { Entry } from "./entry.ts";

/** How institutions hang together, as a file and an entry call it; each is somebody else's work when one of them ends. */
export const TIES = ["parent", "supervisor", "fallback"] as const satisfies readonly (Column & keyof Entry)[];
export type Tie = (typeof TIES)[number];
