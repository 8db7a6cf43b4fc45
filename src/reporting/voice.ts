/** Whom the questions are about, as seen by who tells: their wording follows. */
export const VOICES = ["me", "friend", "child", "pupil", "self", "employee"] as const;
export type Voice = (typeof VOICES)[number];

/** Children are "ti" in short words with fewer choices, adults are "Vi". */
export const ADDRESSES = ["young", "adult"] as const;
export type Address = (typeof ADDRESSES)[number];

/** How a page speaks: about whom, and with whom. */
export interface Speech {
  readonly voice: Voice;
  readonly address: Address;
}

const VOICE_OF_ROLE: ReadonlyMap<string, Voice> = new Map([
  ["victim_child", "me"],
  ["witness_child", "friend"],
  ["child_perpetrator", "self"],
  ["parent_victim", "child"],
  ["staff_victim", "employee"],
]);
const YOUNG: readonly Voice[] = ["me", "friend", "self"];

/** The voice for a role; whoever speaks about some child, or does not say, hears about "the child". */
export function voiceOf(role: string | undefined): Voice {
  return VOICE_OF_ROLE.get(role ?? "") ?? "pupil";
}

/**
 * How to speak with somebody.
 * @param chosen what the person chose; without a choice a role that only children have makes it a child's voice, and
 * where no role is said it is one too, since an adult is not lost in simple words
 */
export function speechOf(role: string | undefined, chosen: Address | undefined): Speech {
  const voice = voiceOf(role);
  const young = role === undefined || role === "undisclosed" || role === "unsure" || isChildRole(role);
  return { voice, address: chosen ?? (young ? "young" : "adult") };
}

/** True for roles that only children have. */
export function isChildRole(role: string | undefined): boolean {
  return YOUNG.includes(voiceOf(role));
}

export function isAddress(text: string | undefined): text is Address {
  return ADDRESSES.some((address) => address === text);
}

export const otherAddress = (address: Address): Address => (address === "young" ? "adult" : "young");
