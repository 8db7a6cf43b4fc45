import type { Option } from "#platform/views/parts.ts";
import { view } from "#platform/views/view.ts";
import type { Way } from "./ways.ts";

declare module "#platform/views/parts.ts" {
  interface Parts {
    "directory/_rules": { readonly rules: readonly ShownRule[] };
    "directory/_steps": { readonly steps: readonly string[] };
  }
}

/** What somebody answers by, or is passed over by. */
export interface ShownRule {
  readonly basis: string;
  readonly source: string;
  readonly verified: boolean;
}

export interface ShownHole {
  readonly type: string;
  readonly rules: readonly ShownRule[];
  /** Each detour, in words. */
  readonly steps: readonly string[];
}

export interface ShownAnswering extends ShownHole {
  readonly name: string;
  readonly path: string;
  readonly territory: string;
  readonly desks: string;
  /** The types for which it only stands in. */
  readonly insteadOf: string;
}

export interface ShownNotFirst {
  readonly who: readonly string[];
  readonly rule: ShownRule;
}

/** The form of who answers, and what it finds. */
export interface RoutingPage {
  readonly ways: readonly Way[];
  readonly places: readonly { readonly label: string; readonly options: readonly Option[] }[];
  readonly place: string;
  readonly selects: readonly {
    readonly name: string;
    readonly id: string;
    readonly label: string;
    readonly value: string;
    readonly options: readonly Option[];
  }[];
  /** An institution where it happens can be looked for. */
  readonly searches: boolean;
  readonly words: string;
  readonly named: Option | undefined;
  readonly hits: readonly Option[];
  /** What takes the choice of an institution back. */
  readonly none: string;
  /** Enough is said to look for who answers. */
  readonly asked: boolean;
  /** That the institution's own town was taken, where it is another one than the municipality chosen. */
  readonly otherTown: string;
  readonly answering: readonly ShownAnswering[];
  readonly holes: readonly ShownHole[];
  readonly notFirst: readonly ShownNotFirst[];
}
export const routingPage = view<RoutingPage>("directory/routing");

export interface ShownKeptHole {
  readonly territory: string;
  readonly type: string;
  readonly combinations: number;
  readonly unanswered: number;
  /** Who answers for one such combination, and what that is. */
  readonly path: string;
  readonly example: string;
}

export const holesPage = view<{
  ways: readonly Way[];
  mayCheck: boolean;
  /** Undefined before the first check. */
  checked:
    | { at: number; moment: string; old: boolean; combinations: number; unanswered: number; incomplete: number }
    | undefined;
  /** Institutions for which nobody is named who takes over, as the registry stands now, and where they are listed. */
  withoutFallback: { count: number; path: string };
  /** What nobody is found for, or that for which somebody of another type stands in. */
  list: "missing" | "standsIn";
  lists: readonly Option[];
  standIns: { places: number; types: string };
  type: string;
  types: readonly Option[];
  holes: readonly ShownKeptHole[];
  holesAPage: number;
  clear: string;
  previous: string | undefined;
  next: string | undefined;
}>("directory/holes");
