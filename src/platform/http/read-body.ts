import { composed } from "#messages/marks.ts";
import { type AppContext, carried, type Fields } from "./app.ts";
import { tooLarge, unreadable, wrongType } from "./errors.ts";
import { namesSecret, withoutKey } from "./secret-fields.ts";

/** Far above the longest form (a story of 20,000 characters is at most 120 KB when encoded). */
const LARGEST = 512 * 1024;
/** What is still read past the limit, so that the answer reaches a browser that is sending. */
const DRAINED = 8 * 1024 * 1024;
const MOST_FIELDS = 400;

/**
 * Reads a form sent as `application/x-www-form-urlencoded` and keeps it on the request as typed.
 * @param takesSecret true where the form has a password or a code: then nothing unreadable is given back
 * Throws a `Refusal`: 415 for another type, 413 above 512 KB, 400 for text that is not UTF-8.
 */
export async function readFields(c: AppContext, takesSecret = false): Promise<Fields> {
  const known = read.find(c);
  if (known) return known;
  const type = c.req.header("content-type")?.split(";")[0]?.trim().toLowerCase();
  const { body, complete } = await readUpTo(c, LARGEST);
  if (type !== "application/x-www-form-urlencoded") {
    const text = withoutKey(tidy(new TextDecoder().decode(body)));
    // What was typed comes back to be copied; a password or a code never does, whatever it came as, and nobody types a file.
    if (!takesSecret && !namesSecret(text) && !holdsFile(text)) c.set("typed", new Map([["text", [text]]]));
    throw wrongType();
  }
  const pairs = body.toString("latin1").split("&", MOST_FIELDS + 1);
  c.set("typed", parse(pairs.slice(0, MOST_FIELDS), decodeLeniently));
  // Counted before anything is decoded: thousands of tiny fields would hold the whole server up.
  if (!complete || pairs.length > MOST_FIELDS) throw tooLarge();
  const fields = parse(pairs, decodeStrictly);
  c.set("typed", fields);
  read.set(c, fields);
  return fields;
}

/** A body comes once, and what stands before a handler may have to look at it too. */
const read = carried<Fields>("fields of a form");

/** Looked for line by line: over a whole text it would be tried at each of its letters. */
const holdsFile = (text: string) =>
  text.split("\n").some((line) => /^content-disposition:/i.test(line) && /\bfilename=/i.test(line));

/**
 * Reads a body up to a limit; past it a little is read and thrown away, so that a browser that sends hears the answer.
 * Throws a `Refusal`: 400 where the body breaks off, since whoever sent it went away and nothing failed here.
 */
export async function readUpTo(c: AppContext, limit: number): Promise<{ body: Buffer; complete: boolean }> {
  const chunks: Uint8Array[] = [];
  let kept = 0;
  let seen = 0;
  try {
    for await (const chunk of c.req.raw.body ?? []) {
      seen += chunk.length;
      if (kept < limit) chunks.push(chunk.subarray(0, limit - kept));
      kept = Math.min(limit, kept + chunk.length);
      if (seen > DRAINED) break;
    }
  } catch (error) {
    throw c.req.raw.signal.aborted ? unreadable() : error;
  }
  // A connection that broke before anybody read from it gives an empty body and no error, whether its length was said or not.
  const broken = seen < Number(c.req.header("content-length") ?? 0) || c.env?.incoming?.complete === false;
  if (broken && seen <= DRAINED) throw unreadable();
  return { body: Buffer.concat(chunks), complete: seen <= limit };
}

function parse(pairs: readonly string[], decode: (text: string) => string): Fields {
  const fields = new Map<string, string[]>();
  for (const pair of pairs) {
    if (pair === "") continue;
    const at = pair.indexOf("=");
    const name = decode(at < 0 ? pair : pair.slice(0, at));
    const value = at < 0 ? "" : decode(pair.slice(at + 1));
    const values = fields.get(name);
    if (values) values.push(value);
    else fields.set(name, [value]);
  }
  return fields;
}

const bytesOf = (text: string) => {
  const spaced = text.replaceAll("+", " ");
  return Buffer.from(
    spaced.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    "latin1",
  );
};

function decodeStrictly(text: string): string {
  try {
    return tidy(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytesOf(text)));
  } catch {
    throw unreadable();
  }
}

function decodeLeniently(text: string): string {
  return tidy(new TextDecoder().decode(bytesOf(text)));
}

/** One kind of line end and composed letters, so that limits count what the person sees; NUL breaks PostgreSQL. */
function tidy(text: string): string {
  return composed(text.replace(/\r\n?/g, "\n").replaceAll("\u0000", ""));
}
