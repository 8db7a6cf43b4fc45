import { randomBytes } from "node:crypto";
import type { SpamSign } from "#casework/index.ts";
import { keyedDigest } from "#platform/crypto/derive.ts";
import type { Fields } from "#platform/http/app.ts";
import type { Platform } from "#platform/platform.ts";
import { type Answers, textAnswer } from "./draft.ts";
import type { OpenDraft } from "./open-draft.ts";
import { isOnline } from "./steps.ts";
import { type Address, isChildRole } from "./voice.ts";

/** Ten pages, or six when sent early: nobody reads and answers them so fast. */
const FASTEST_MS = 3000;
const FEWEST_LETTERS = 5;
/** Shorter texts, such as "help", are the same by chance. */
const SHORTEST_TEXT = 20;
const LINK = /^(?:https?:\/\/|www\.)/i;
/** Dies with the process, so that what was counted can never be tried against a guessed text. */
const KEY = randomBytes(32);

/** The box that people do not see (views/reporting/_trap.eta): a name that no browser fills in by itself. */
const TRAP = "subject";

/** Whether the box that people do not see was filled in. */
export function isTrapped(typed: Fields): boolean {
  return (typed.get(TRAP)?.[0] ?? "") !== "";
}

type Suspect = Pick<OpenDraft, "answers" | "startedAt" | "trapped" | "onePage"> & {
  readonly chosen?: Address | undefined;
};

/**
 * What about a finished draft looks like a machine's; nothing for who is spoken with as a child.
 * Which reports may be put aside at all is decided where cases are (`shelfFor`).
 */
export function spamSigns(
  { budgets, now }: Pick<Platform, "budgets" | "now">,
  { answers, startedAt, trapped, onePage, chosen }: Suspect,
): readonly SpamSign[] {
  if (isSpokenWithAsChild(answers, chosen)) return [];
  const story = textAnswer(answers, "story") ?? "";
  const found: Readonly<Record<SpamSign, boolean>> = {
    trap: trapped === true,
    // One page is stored only when it is sent, so that nothing says how long it was written.
    fast: !onePage && now() - startedAt < FASTEST_MS,
    // On the internet a bare link can be the whole story.
    links: isOnlyLinks(story) && !isOnline(answers),
    one_character: isOneCharacter(story),
    repeated: isRepeated(story, (key) => budgets.sameText.take(key, now())),
  };
  // The record names every sign once.
  return (Object.keys(found) as SpamSign[]).filter((sign) => found[sign]);
}

/** By the role, which an adult's words do not change, or by choice. */
function isSpokenWithAsChild(answers: Answers, chosen: Address | undefined): boolean {
  return chosen === "young" || isChildRole(textAnswer(answers, "role"));
}

function isOnlyLinks(story: string): boolean {
  const words = story.split(/\s+/).filter(Boolean);
  return words.length > 0 && words.every((word) => LINK.test(word));
}

function isOneCharacter(story: string): boolean {
  const letters = [...story.toLowerCase().replace(/\s/g, "")];
  return letters.length >= FEWEST_LETTERS && new Set(letters).size === 1;
}

/** Counted by a keyed digest in memory: no text and nothing it could be guessed from is kept. */
function isRepeated(story: string, take: (key: string) => boolean): boolean {
  const text = story.toLowerCase().replace(/\s+/g, " ").trim();
  return text.length >= SHORTEST_TEXT && !take(keyedDigest(KEY, text));
}
