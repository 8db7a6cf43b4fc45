import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isLanguage } from "#messages/messages.ts";
import { languageOf, preferredLanguage } from "#platform/http/language.ts";

describe("the language of somebody who named none", () => {
  it.each([
    [undefined, "sr"],
    ["", "sr"],
    ["*", "sr"],
    ["sr", "sr"],
    ["sr-RS,sr;q=0.9,en;q=0.8", "sr"],
    ["sr-Cyrl-RS", "sr"],
    ["sr-Latn-RS,sr;q=0.9", "sr-Latn"],
    ["SR-LATN", "sr-Latn"],
    ["hr-HR,hr;q=0.9", "sr-Latn"],
    ["bs", "sr-Latn"],
    ["cnr", "sr-Latn"],
    ["en-US,en;q=0.9", "en"],
    ["de-DE,de;q=0.9,en;q=0.8,sr;q=0.7", "en"],
    ["de,fr", "sr"],
    ["srn, en", "en"],
    ["en;q=0.2, sr;q=0.9", "sr"],
    ["en;q=0, sr-Latn", "sr-Latn"],
  ])("who accepts %s is %s", (accepted, language) => {
    expect(preferredLanguage(accepted)).toBe(language);
  });

  it.each([
    ["sr-Latn-RS", ["sr", "en"], "sr"],
    ["sr", ["sr-Latn", "en"], "sr-Latn"],
    ["hr,en;q=0.5", ["sr", "en"], "sr"],
    ["en,sr;q=0.5", ["sr", "sr-Latn"], "sr"],
    ["en", ["sr-Latn"], "sr-Latn"],
    ["de", ["en", "sr"], "en"],
    [undefined, ["en"], "en"],
  ] as const)("who accepts %s, where %s are offered, is %s", (accepted, tags, language) => {
    expect(preferredLanguage(accepted, tags)).toBe(language);
  });

  it("is one that exists, whatever a browser sends", () => {
    fc.assert(fc.property(fc.string(), (accepted) => isLanguage(preferredLanguage(accepted))));
  });
});

describe("the language of an address", () => {
  it.each([
    ["/en/help", "sr", "en"],
    ["/sr-Latn/", "en", "sr-Latn"],
    ["/sr", "en", "sr"],
    ["/staff/cases", "en", "en"],
    ["/", "en", "en"],
    ["/de/help", "en", "en"],
    ["/EN/help", "sr", "sr"],
  ])("%s, asked by somebody who accepts %s, is %s", (path, accepted, language) => {
    expect(languageOf(path, accepted)).toBe(language);
  });
});
