import { base32crockford } from "@scure/base";
import { inFours, tidyLetters } from "./letters.ts";
import { deriveFromAll, type Secrets } from "./secrets.ts";

/** 80 bits: short enough to compare by eye, and too long to look for other secrets with the same. */
const BYTES = 10;

/**
 * By what people tell the secrets of their service from others, in four groups of four; it tells nothing of them.
 * Anybody can seal other secrets to the recovery recipient, so that a mark on paper alone shows whose a copy is.
 */
export function secretsMark(secrets: Secrets): string {
  return inFours(base32crockford.encode(deriveFromAll(secrets, "secrets mark", BYTES)));
}

/** Whether somebody typed the mark of these secrets. */
export function isMarkOf(secrets: Secrets, typed: string): boolean {
  return tidyLetters(typed) === secretsMark(secrets);
}
