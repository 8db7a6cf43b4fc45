import { LOOK_ALIKES } from "#messages/look-alikes.ts";

/** One form for identifiers that people take for the same: in one case, in plain signs, in Latin letters. */
export function identifierSkeleton(identifier: string): string {
  const plain = identifier.normalize("NFKC").toLowerCase();
  return [...plain].map((letter) => LOOK_ALIKES.get(letter) ?? letter).join("");
}
