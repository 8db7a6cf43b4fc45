import encodeQR from "qr";

/** A QR code as the path of an SVG whose side is `size` modules, the quiet zone included (ISO/IEC 18004). */
export interface QrCode {
  readonly size: number;
  readonly path: string;
}

const QUIET = 4;

/** @param text at most about 1,000 characters */
export function qrCode(text: string): QrCode {
  const rows = encodeQR(text, "raw", { border: QUIET, ecc: "medium" });
  const path = rows
    .map((row, y) =>
      runsOf(row)
        .map(({ x, length }) => `M${x} ${y}h${length}v1h-${length}z`)
        .join(""),
    )
    .join("");
  return { size: rows.length, path };
}

/** Dark modules beside each other in one row, so that the path is short. */
function runsOf(row: readonly boolean[]): { x: number; length: number }[] {
  const runs: { x: number; length: number }[] = [];
  for (const [x, dark] of row.entries()) {
    const last = runs.at(-1);
    if (dark && last && last.x + last.length === x) last.length++;
    else if (dark) runs.push({ x, length: 1 });
  }
  return runs;
}
