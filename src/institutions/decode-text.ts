/** Why a file has no text that could be read. */
export type EncodingFault = { readonly kind: "workbook" } | { readonly kind: "mixed"; readonly line: number };

type Decoded = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly fault: EncodingFault };

/** How workbooks begin: what is packed as a ZIP, and the older format. */
const WORKBOOKS = ["504b0304", "d0cf11e0"];
const utf8 = new TextDecoder("utf-8", { fatal: true });
const windows = new TextDecoder("windows-1250");

/**
 * Takes a file and gives its text. What is not UTF-8 was saved by an older program, which in Serbia writes Windows-1250;
 * a file pasted together from both would come out with letters that nobody wrote, and is refused.
 * @yields while it compares one line after the other, which takes long
 */
export function* decodeText(bytes: Uint8Array): Generator<void, Decoded> {
  const beginning = Buffer.from(bytes.subarray(0, 4)).toString("hex");
  if (WORKBOOKS.includes(beginning) || bytes.includes(0)) return { ok: false, fault: { kind: "workbook" } };
  const text = asUtf8(bytes);
  if (text !== undefined) return { ok: true, text };
  yield;
  const line = yield* otherEncoding(bytes);
  return line === undefined ? { ok: true, text: windows.decode(bytes) } : { ok: false, fault: { kind: "mixed", line } };
}

function asUtf8(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}

/** Signs that two bytes of UTF-8 give in a Serbian text, and two letters of Windows-1250 next to each other do not. */
const SERBIAN = /[\p{Script=Cyrillic}čćžšđČĆŽŠĐ„“”–]/u;
const NEWLINE = 10;
const LINES_A_STEP = 100;

/** The first line whose letters are saved in another way than those before it; undefined where all are alike. */
function* otherEncoding(bytes: Uint8Array): Generator<void, number | undefined> {
  let first: boolean | undefined;
  let number = 1;
  for (let from = 0; from < bytes.length; number++) {
    if (number % LINES_A_STEP === 0) yield;
    const end = bytes.indexOf(NEWLINE, from);
    const line = bytes.subarray(from, end < 0 ? bytes.length : end);
    from = end < 0 ? bytes.length : end + 1;
    if (line.every((byte) => byte < 128)) continue;
    const isUtf8 = SERBIAN.test(asUtf8(line) ?? "");
    first ??= isUtf8;
    if (isUtf8 !== first) return number;
  }
  return undefined;
}
