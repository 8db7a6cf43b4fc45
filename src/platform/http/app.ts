import type { Context, Hono } from "hono";
import type { Phrase } from "#messages/messages.ts";
import type { Ui } from "#platform/views/ui.ts";

/** What each request carries. */
export interface AppEnv {
  /** Of a real server: whether all of a body came. */
  Bindings: { readonly incoming?: { readonly complete: boolean } };
  Variables: {
    requestId: string;
    ui: Ui;
    /** What stands around every page; made by the site, since the platform knows no country. */
    frame: (c: AppContext) => object;
    /** What the person typed, so that no error page loses it. */
    typed: Fields;
    carried: Map<object, unknown>;
  };
}

export type AppContext = Context<AppEnv>;
export type Routes = Hono<AppEnv>;

/** The fields of a form as they were sent: each name with its values. */
export type Fields = ReadonlyMap<string, readonly string[]>;

/** A value that one middleware puts on the request and handlers read, typed by whoever made it. */
export interface Carried<T> {
  set(c: AppContext, value: T): void;
  find(c: AppContext): T | undefined;
  get(c: AppContext): T;
}

export function carried<T>(what: string): Carried<T> {
  const key = {};
  return {
    set: (c, value) => void c.get("carried").set(key, value),
    find: (c) => c.get("carried").get(key) as T | undefined,
    get(c) {
      if (!c.get("carried").has(key)) throw new Error(`this request carries no ${what}`);
      return c.get("carried").get(key) as T;
    },
  };
}

/** A field of a form as a template shows it. */
export interface FieldState {
  readonly value: string;
  readonly values: readonly string[];
  readonly error: Phrase | undefined;
}

/** What a page shows again after bad input: every field as typed, with what is wrong beside it. */
export interface FormState {
  readonly errors: readonly { readonly field: string; readonly phrase: Phrase }[];
  field(name: string): FieldState;
}
