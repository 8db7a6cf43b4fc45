import type { FormState } from "#platform/http/app.ts";
import type { Option } from "#platform/views/parts.ts";
import { view } from "#platform/views/view.ts";

/** One thing that a new service needs or may have. */
export interface ShownStep {
  readonly id: "recovery" | "desk" | "stage" | "mail" | "line" | "backup" | "content" | "outside";
  readonly heading: string;
  /** What is a choice needs nothing more. */
  readonly state: "done" | "missing" | "choice";
  readonly said: readonly string[];
  readonly link?: { readonly path: string; readonly label: string } | undefined;
  /** What is no sentence of any language: a command, or the end of a key. */
  readonly typed?: readonly string[];
  /** What makes a recovery key, where one can still be made. */
  readonly button?: MakesKey | undefined;
}

interface MakesKey {
  readonly label: string;
  /** The end of the key that is replaced, so that the same form sent again makes no other key. */
  readonly replaces: string;
}

declare module "#platform/views/parts.ts" {
  interface Parts {
    /** How to get TLS, where everything travels for everybody to read. */
    "accounts/_plain": { readonly commands: readonly string[] };
  }
}

export const startPage = view<{
  /** Whether reports are taken, and what keeps them from it. */
  said: "waits" | "closed" | "ready";
  size: string;
  operator: string | undefined;
  /** Which of the country's languages the public is offered. */
  form: FormState;
  languages: readonly Option[];
  steps: readonly ShownStep[];
}>("accounts/start");
/** The identity that opens every desk, shown once, with what belongs on the same paper. */
export const recoveryKeyPage = view<{
  identity: string;
  ending: string;
  /** By which a restore tells the service's secrets from others. */
  mark: string;
  back: string;
}>("accounts/recovery-key");
