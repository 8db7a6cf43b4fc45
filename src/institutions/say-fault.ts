import { type Phrase, phrase, type Translate } from "#messages/messages.ts";
import { type Column, longestOf } from "./columns.ts";
import type { LineFault } from "./line-fault.ts";
import { type FileFault, MOST_COLUMNS, MOST_LINES } from "./read-csv.ts";

/** Takes what is wrong with a whole file and gives the sentence that says it. */
export function fileFaultPhrase(t: Translate, fault: FileFault): Phrase {
  switch (fault.kind) {
    case "unreadable":
    case "mixed":
      return phrase(`imports.file.${fault.kind}`, { line: fault.line });
    case "noColumns":
    case "doubledColumns":
      return phrase(`imports.file.${fault.kind}`, { columns: sayColumns(t, fault.columns) });
    case "tooMany":
      return phrase("imports.file.tooMany", { most: MOST_LINES });
    case "tooManyColumns":
      return phrase("imports.file.tooManyColumns", { most: MOST_COLUMNS });
    default:
      return phrase(`imports.file.${fault.kind}`);
  }
}

/** Takes what is wrong in a cell and says it. */
export function sayLineFault(t: Translate, { kind, column, like }: LineFault): string {
  if (kind === "looksLike") {
    const { identifier = "", line } = like ?? {};
    if (line === undefined) return t("imports.fault.looksLike", { identifier });
    return t("imports.fault.looksLike.line", { identifier, line });
  }
  if (kind === "tooLong") return t("imports.fault.tooLong", { max: column ? longestOf(column) : 0 });
  return t(`imports.fault.${kind}`);
}

function sayColumns(t: Translate, columns: readonly Column[]): string {
  return columns.map((name) => t(`imports.column.${name}`)).join(", ");
}
