import type { opening as english } from "../en/opening.ts";
import type { Translated } from "../translated.ts";

export const opening: Translated<typeof english> = {};
