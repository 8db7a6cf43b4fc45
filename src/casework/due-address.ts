import type { DuePlace } from "./due-store.ts";

/** Which deadlines a list shows. */
export interface DueQuery {
  readonly of: "own" | "below";
  readonly late: boolean;
}

/** Takes what stands in an address; whoever supervises nobody sees the own desks alone. */
export function dueQueryFrom(asked: Readonly<Record<string, string>>, supervises: boolean): DueQuery {
  const below = supervises && asked.of !== "own";
  return { of: below ? "below" : "own", late: asked.only === "late" };
}

/** The address of a list of deadlines, from a place on. */
export function dueAddress(
  { of, late }: DueQuery,
  { before, after }: { readonly before?: DuePlace; readonly after?: DuePlace } = {},
): string {
  const query = new URLSearchParams();
  if (of === "own") query.set("of", "own");
  if (late) query.set("only", "late");
  if (before) query.set("before", tokenOf(before));
  if (after) query.set("after", tokenOf(after));
  return `/staff/deadlines${query.size > 0 ? `?${query}` : ""}`;
}

const tokenOf = ({ dueAt, id }: DuePlace) => `${dueAt}.${id}`;

/** Reads a place from an address; undefined for anything else. */
export function placeFrom(text: string | undefined): DuePlace | undefined {
  const [, dueAt, id] = /^(\d{1,15})\.([0-9a-f]{32})$/.exec(text ?? "") ?? [];
  return dueAt && id ? { dueAt: Number(dueAt), id } : undefined;
}
