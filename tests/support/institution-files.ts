import { loadCountry } from "#country/index.ts";
import { planImport } from "#institutions/plan-import.ts";
import { fileFaultPhrase, sayLineFault } from "#institutions/say-fault.ts";
import { translator } from "#messages/messages.ts";

const country = loadCountry("RS");
const t = translator("en");
const AT = Date.parse("2026-11-22T11:00:00Z");

const BYTES = new Map(
  Array.from({ length: 128 }, (_, at) => [new TextDecoder("windows-1250").decode(Uint8Array.of(at + 128)), at + 128]),
);

/** A text as an older program saves it; throws for a letter that Windows-1250 does not have. */
export function inWindows1250(text: string): Buffer {
  return Buffer.from(
    [...text].map((letter) => {
      const byte = letter.charCodeAt(0) < 128 ? letter.charCodeAt(0) : BYTES.get(letter);
      if (byte === undefined) throw new Error(`no ${letter} in Windows-1250`);
      return byte;
    }),
  );
}

/** What somebody reads about a file for an empty directory: a line for each fault, in English. */
export function reportOn(file: string | Uint8Array): string[] {
  const planned = planImport(country, typeof file === "string" ? Buffer.from(file) : file, [], AT);
  if (!planned.ok) return [t.phrase(fileFaultPhrase(t, planned.fault))];
  return planned.plan.faults.map((fault) => {
    const column = fault.column ? t(`imports.column.${fault.column}`) : "-";
    return `${fault.line} ${column} “${fault.text}”: ${sayLineFault(t, fault)}`;
  });
}
