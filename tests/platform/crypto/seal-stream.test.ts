import { describe, expect, it } from "vitest";
import { CannotOpen, newKeyPair, open, seal } from "#platform/crypto/seal.ts";
import { DamagedStream, openPieces, sealPieces } from "#platform/crypto/seal-stream.ts";

const { identity, recipient } = await newKeyPair();

async function* inPieces(content: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size);
}

async function gathered(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}

const CONTENT = Buffer.from(Array.from({ length: 200_000 }, (_, at) => at % 251));
const sealedContent = () => gathered(sealPieces(recipient, inPieces(CONTENT, 7000)));

describe("a stream", () => {
  it.each([0, 1, 65_535, 65_536, 65_537, 131_072, 200_000])("of %d bytes comes back as it was", async (length) => {
    const content = CONTENT.subarray(0, length);
    const sealed = await gathered(sealPieces(recipient, inPieces(content, 1000)));
    for (const size of [100, 70_000]) {
      expect((await gathered(openPieces(identity, inPieces(sealed, size)))).equals(content)).toBe(true);
    }
  });

  it("is the same format as a sealed text", async () => {
    expect((await open(identity, await sealedContent())).equals(CONTENT)).toBe(true);
    const text = await seal(recipient, "words");
    expect((await gathered(openPieces(identity, inPieces(text, 10)))).toString()).toBe("words");
  });

  it("is not opened by another identity", async () => {
    const other = await newKeyPair();
    const opening = gathered(openPieces(other.identity, inPieces(await sealedContent(), 5000)));
    await expect(opening).rejects.toThrow(CannotOpen);
  });

  it("that was changed or cut gives nothing from there on", async () => {
    const sealed = await sealedContent();
    const changed = Buffer.from(sealed);
    changed[150_000] = (changed[150_000] ?? 0) ^ 1;
    for (const broken of [changed, sealed.subarray(0, -1), sealed.subarray(0, 70_000), sealed.subarray(0, 131_000)]) {
      const out: Uint8Array[] = [];
      const reading = (async () => {
        for await (const piece of openPieces(identity, inPieces(broken, 4096))) out.push(piece);
      })();
      await expect(reading).rejects.toThrow(DamagedStream);
      expect(CONTENT.subarray(0, Buffer.concat(out).length).equals(Buffer.concat(out))).toBe(true);
    }
  });

  it("asks for pieces only as they are taken", async () => {
    let given = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) {
        given += 1;
        yield CONTENT;
      }
    }
    const sealing = sealPieces(recipient, endless());
    for (let taken = 0; taken < 5; taken++) await sealing.next();
    expect(given).toBeLessThan(20);
    await sealing.return(undefined);
  });
});
