import { describe, expect, it } from "vitest";
import { isBreached } from "#accounts/breached-password.ts";

describe("a password that is tried first", () => {
  it.each(["1qaz2wsx3edc", "qwerty123456", "QwertyQwerty", "leavemealone", "123qweasdzxc"])(
    "was found in a leak, in capital letters too: %s",
    (password) => expect(isBreached(password)).toBe(true),
  );

  it.each(["aaaaaaaaaaaaaa", "abcabcabcabcab", "12121212121212", "лозалозалозалоза"])(
    "is a short text over and over: %s",
    (password) => expect(isBreached(password)).toBe(true),
  );

  it.each(["lipa breza vrba bor", "четири речи у низу", "correct horse battery", "xK9!vq#Lm2@pT"])(
    "is not one that nobody has seen: %s",
    (password) => expect(isBreached(password)).toBe(false),
  );
});
