import type { Way } from "./ways.ts";

declare module "#platform/views/parts.ts" {
  interface Parts {
    "directory/_ways": { readonly ways: readonly Way[] };
  }
}
