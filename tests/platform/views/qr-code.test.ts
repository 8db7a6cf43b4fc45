import decodeQR from "qr/decode.js";
import { describe, expect, it } from "vitest";
import { qrCode } from "#platform/views/qr-code.ts";

const SCALE = 4;

/** What a camera sees: the path painted dark on light, a few pixels for each module. */
function painted({ size, path }: { readonly size: number; readonly path: string }) {
  const side = size * SCALE;
  const data = new Uint8Array(side * side * 4).fill(255);
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let row = Number(y) * SCALE; row < (Number(y) + 1) * SCALE; row++) {
      const from = (row * side + Number(x) * SCALE) * 4;
      for (let at = from; at < from + Number(length) * SCALE * 4; at += 4) data.fill(0, at, at + 3);
    }
  }
  return { width: side, height: side, data };
}

describe("a QR code", () => {
  it.each([
    "https://example.org/staff/invitations/abc.def",
    "otpauth://totp/Čuvam te:ana@example.org?secret=ABCD",
    "x",
  ])("is read by a camera as what was written: %s", (text) => expect(decodeQR(painted(qrCode(text)))).toBe(text));

  it("has a quiet zone of four modules around it", () => {
    const { size, path } = qrCode("quiet");
    const starts = [...path.matchAll(/M(\d+) (\d+)h(\d+)/g)].map(([, x, y, length]) => [x, y, length].map(Number));
    expect(Math.min(...starts.flatMap(([x = 0, y = 0]) => [x, y]))).toBe(4);
    expect(Math.max(...starts.map(([x = 0, , length = 0]) => x + length))).toBe(size - 4);
  });
});
