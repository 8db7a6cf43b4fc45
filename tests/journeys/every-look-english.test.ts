import { lookInFull } from "../support/look-in-full.ts";

lookInFull("en", false);
