import { lookInFull } from "../support/look-in-full.ts";

lookInFull("sr-Latn", false);
