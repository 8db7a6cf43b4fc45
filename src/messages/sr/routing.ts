import type { routing as english } from "../en/routing.ts";
import type { Translated } from "../translated.ts";

export const routing: Translated<typeof english> = {};
