import { LOOK_ALIKES } from "#messages/look-alikes.ts";

/** What is drawn as nothing; without it two texts look the same (UTS #39, 4). */
const UNSEEN = /\p{Default_Ignorable_Code_Point}/gu;

/** One form for identifiers that people take for the same: in one case, in plain signs, in Latin letters. */
export function identifierSkeleton(identifier: string): string {
  const plain = identifier.replace(UNSEEN, "").normalize("NFKC").toLowerCase();
  return [...plain].map((letter) => LOOK_ALIKES.get(letter) ?? letter).join("");
}
