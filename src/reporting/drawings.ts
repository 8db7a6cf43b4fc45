import { assetText } from "#platform/views/assets.ts";

/** One file for all drawings, fetched once and kept. */
const DRAWINGS = "drawings.svg";

const NAMES = new Set([...assetText(DRAWINGS).matchAll(/<symbol id="([\w-]+)"/g)].map(([, name]) => name));

/** The same thing in another list is the same picture, which keeps the file small. */
const SAME: Readonly<Record<string, string>> = {
  "place-other": "form-other",
  "harmer-care_staff": "place-social_protection",
  "told-family": "place-family",
  "told-friend": "harmer-peer",
  "told-school": "place-education",
  "told-csw": "place-social_protection",
  "told-other": "form-other",
  "online-messaging": "form-digital",
  "online-email_sms": "identity-anonymous",
  "online-other": "form-other",
};

/** The name of a drawing, or undefined where nothing was drawn for it. */
export function drawingOf(name: string): string | undefined {
  const drawn = SAME[name] ?? name;
  return NAMES.has(drawn) ? drawn : undefined;
}
