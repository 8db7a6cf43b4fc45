import { parse } from "yaml";
import { z } from "zod";

export const PAGE_KINDS = ["form", "situation", "rights"] as const;
export const AUDIENCES = ["child", "parent", "school", "everyone"] as const;
export type Audience = (typeof AUDIENCES)[number];

const frontMatter = z.strictObject({
  title: z.string().min(1),
  summary: z.string().min(1),
  kind: z.enum(PAGE_KINDS),
  audience: z.array(z.enum(AUDIENCES)).min(1),
  forms: z.array(z.string()).default([]),
  contacts: z.array(z.string()).min(1),
  legal: z
    .array(z.strictObject({ says: z.string(), source: z.string(), verifiedOn: z.iso.date().nullable() }))
    .default([]),
  /** Who looked at it professionally, and when; nothing may say so that did not happen. */
  reviewed: z
    .strictObject({ by: z.string().min(1), on: z.iso.date() })
    .nullable()
    .default(null),
});

/** A page as its file says it: facts in front, then Markdown. */
export interface PageSource extends z.infer<typeof frontMatter> {
  readonly body: string;
}

const FILE = /^---\n(.*?)\n---\n\n(.+)$/s;

/** Reads the file of a page. Throws an `Error` that says what is wrong with it. */
export function parsePage(source: string): PageSource {
  const [, head, body] = FILE.exec(source) ?? [];
  if (head === undefined || body === undefined)
    throw new Error("front matter between two lines of --- must come first");
  const facts = frontMatter.safeParse(parse(head));
  if (!facts.success) throw new Error(z.prettifyError(facts.error));
  return { ...facts.data, body };
}
