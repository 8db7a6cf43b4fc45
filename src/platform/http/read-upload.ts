import type { AppContext } from "./app.ts";
import { readUpTo } from "./read-body.ts";

export type UploadFault = "type" | "size" | "none" | "broken";
export type Upload =
  | { readonly ok: true; readonly file: Uint8Array<ArrayBuffer> }
  | { readonly ok: false; readonly fault: UploadFault };

/** Around the file stand its name, its type and what separates the parts of the form. */
const AROUND = 16 * 1024;

/**
 * Reads the one file of a form sent as `multipart/form-data`; it is held in memory, so that the limit must be small.
 * @param field the name of the field; other fields are not looked at
 * @param most how many bytes the file may have
 */
export async function readUpload(c: AppContext, field: string, most: number): Promise<Upload> {
  const type = c.req.header("content-type") ?? "";
  const { body, complete } = await readUpTo(c, most + AROUND);
  if (!/^multipart\/form-data\s*;/i.test(type)) return { ok: false, fault: "type" };
  if (!complete) return { ok: false, fault: "size" };
  const sent = await fileIn(new Uint8Array(body), type, field);
  if (sent === "broken") return { ok: false, fault: "broken" };
  if (sent === undefined || sent.size === 0) return { ok: false, fault: "none" };
  if (sent.size > most) return { ok: false, fault: "size" };
  return { ok: true, file: new Uint8Array(await sent.arrayBuffer()) };
}

async function fileIn(
  body: Uint8Array<ArrayBuffer>,
  type: string,
  field: string,
): Promise<File | "broken" | undefined> {
  try {
    const form = await new Response(body, { headers: { "content-type": type } }).formData();
    const sent = form.get(field);
    return sent instanceof File ? sent : undefined;
  } catch {
    return "broken";
  }
}
