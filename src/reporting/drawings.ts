import { assetText } from "#platform/views/assets.ts";

/** One file for all drawings, fetched once and kept. */
const DRAWINGS = "drawings.svg";

const NAMES = new Set([...assetText(DRAWINGS).matchAll(/<symbol id="([\w-]+)"/g)].map(([, name]) => name));

/** The name of a drawing, or undefined where nothing was drawn for it. */
export function drawingOf(name: string): string | undefined {
  return NAMES.has(name) ? name : undefined;
}
