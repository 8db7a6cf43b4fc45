/** Who the journey speaks with; the wording of its questions follows. */
export const VOICES = ["me", "friend", "child", "pupil", "self", "employee"] as const;
export type Voice = (typeof VOICES)[number];

/** Children are "ti", adults are "Vi". */
export type Address = "young" | "adult";

const VOICE_OF_ROLE: Readonly<Record<string, Voice>> = {
  victim_child: "me",
  witness_child: "friend",
  child_perpetrator: "self",
  parent_victim: "child",
  staff_victim: "employee",
};

/** The voice for a role; whoever speaks about some child, or does not say, hears about "the child". */
export function voiceOf(role: string | undefined): Voice {
  return VOICE_OF_ROLE[role ?? ""] ?? "pupil";
}

export function addressOf(voice: Voice): Address {
  return voice === "me" || voice === "friend" || voice === "self" ? "young" : "adult";
}
