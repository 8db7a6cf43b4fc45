import type { registry as english } from "../en/registry.ts";
import type { Translated } from "../translated.ts";

export const registry: Translated<typeof english> = {};
