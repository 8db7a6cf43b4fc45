import { describe, expect, it } from "vitest";
import { identifierSkeleton } from "#institutions/identifier-skeleton.ts";
import { isIdentifier } from "#institutions/is-identifier.ts";
import { reportOn } from "../support/institution-files.ts";

/** Each is a letter to Unicode. */
const UNSEEN = ["\u115f", "\u1160", "\u3164", "\uffa0"];

describe("an identifier", () => {
  it.each(["1", "a-2", "Ш.7/б_1", "07015569"])("may be %s", (text) => {
    expect(isIdentifier(text)).toBe(true);
  });

  it.each([
    "",
    "a b",
    "-1",
    "a;b",
    "a\u200bb",
    "a\u0301",
    ...UNSEEN.flatMap((letter) => [letter, `a${letter}`, `${letter}a`]),
  ])("may not be “%s”", (text) => {
    expect(isIdentifier(text)).toBe(false);
  });

  it("looks like another one that differs in what nobody sees", () => {
    for (const letter of [...UNSEEN, "\u00ad", "\u200b", "\ufe0f"])
      expect(identifierSkeleton(`a${letter}-6${letter}`), letter).toBe("a-6");
  });

  it("of a file is refused with such a letter, and beside one that it looks like", () => {
    const line = (id: string) => `${id};csw;Центар;Чачак`;
    const alike = "It looks like att-6 in line 2. If that is meant, write it the same way.";
    expect(reportOn(["id;type;name;municipality", line("att-6"), line("att-6\u3164")].join("\n"))).toEqual([
      `2 Identifier “att-6”: ${alike.replace("att-6 in line 2", "att-6\u3164 in line 3")}`,
      "3 Identifier “att-6\u3164”: It begins with a letter or a digit and holds no spaces.",
      `3 Identifier “att-6\u3164”: ${alike}`,
    ]);
  });
});
