import type { find as english } from "../en/find.ts";
import type { Translated } from "../translated.ts";

export const find: Translated<typeof english> = {};
