import type { Form, Seen, Visitor } from "../support/browser.ts";

/** The least that can be sent. */
export const MANDATORY: readonly (readonly [string, Form])[] = [
  ["1", { danger: "no" }],
  ["2", { role: "victim_child" }],
  ["3", { identity: "anonymous" }],
  ["4", { forms: ["physical"], story: "they push me", truthful: "yes" }],
  ["5", { environment: "family", territory: "rs-zemun" }],
];

/** Begins a report and returns the address of its pages, without the step. */
export async function begin(visitor: Visitor, lang = "en"): Promise<string> {
  const { status, path } = await visitor.post(`/${lang}/report`, {});
  if (status !== 303 || !path.endsWith("/1")) throw new Error(`no report begun: ${status} ${path}`);
  return path.slice(0, -2);
}

/** Begins a report and gives every mandatory answer. */
export async function beginComplete(visitor: Visitor, changed: Readonly<Record<string, Form>> = {}): Promise<string> {
  const at = await begin(visitor);
  for (const [page, fields] of MANDATORY) await saved(visitor, `${at}/${page}`, { ...fields, ...changed[page] });
  return at;
}

export async function saved(visitor: Visitor, path: string, fields: Form): Promise<Seen> {
  const seen = await visitor.post(path, fields);
  if (seen.status !== 303) throw new Error(`${path} was not saved: ${seen.status}`);
  return seen;
}

/** The code on a page, or undefined where none is shown. */
export function codeIn({ text }: Seen): string | undefined {
  const groups = [...text.matchAll(/<span>(\d{4})<\/span>/g)].map(([, digits]) => digits);
  return groups.length === 4 ? groups.join("") : undefined;
}
