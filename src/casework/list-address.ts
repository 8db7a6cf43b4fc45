import type { InboxPlace } from "./inbox-store.ts";

type Query = Readonly<Record<string, string | undefined>>;

/** The address of the list that a query shows. */
export function listAddress(query: Query = {}): string {
  return `/staff/cases${queryText(query)}`;
}

/** The address of a case, with the list it was opened from; `part` is a form or nothing. */
export function caseAddress(number: string, query: Query = {}, part = ""): string {
  return `/staff/cases/${number}${part}${queryText(query)}`;
}

/** The address of a supervisor's requests, or of a case that one of them opens. */
export function accessAddress(number = "", query: Query = {}): string {
  return `/staff/access${number && `/${number}`}${queryText(query)}`;
}

/** A row's place as an address carries it. */
export function placeToken({ rank, receivedAt, id }: InboxPlace): string {
  return `${rank}.${receivedAt}.${id}`;
}

function queryText(query: Query): string {
  const given = Object.entries(query).filter(
    (pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== "",
  );
  return given.length > 0 ? `?${new URLSearchParams(given)}` : "";
}
