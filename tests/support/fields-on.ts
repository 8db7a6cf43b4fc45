import type { Seen } from "./browser.ts";

/** What a form would send as it stands, hidden fields included. */
export function fieldsOn({ text }: Seen): Record<string, string | string[]> {
  const form = /<form method="post"[\s\S]*?<\/form>/.exec(text.slice(text.indexOf("<main")))?.[0] ?? "";
  const said = (html: string) =>
    html
      .replaceAll("&quot;", '"')
      .replaceAll("&#39;", "'")
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replaceAll("&amp;", "&");
  const fields: Record<string, string | string[]> = {};
  for (const [tag] of form.matchAll(/<input\b[^>]*>/g)) {
    const of = (name: string) => said(new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? "");
    if (/type="(checkbox|radio)"/.test(tag) && !/\schecked/.test(tag)) continue;
    if (/type="checkbox"/.test(tag)) fields[of("name")] = [...(fields[of("name")] ?? []), of("value")];
    else fields[of("name")] = of("value");
  }
  for (const [, name = "", options = ""] of form.matchAll(/<select[^>]*name="(\w+)"[^>]*>([\s\S]*?)<\/select>/g))
    fields[name] = /value="([^"]*)" selected/.exec(options)?.[1] ?? "";
  return fields;
}
