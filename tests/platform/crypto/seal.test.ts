import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CannotOpen, type KeyPair, keyPairFrom, newKeyPair, open, openText, seal } from "#platform/crypto/seal.ts";

const WORDS = "Прва реченица. A second one, with \u0000 and 🙂.";
let ours: KeyPair;
let theirs: KeyPair;

beforeAll(async () => {
  [ours, theirs] = [await newKeyPair(), await newKeyPair()];
});

describe("what is sealed", () => {
  it("opens with its key as the same text", async () => {
    expect(await openText(ours.identity, await seal(ours.recipient, WORDS))).toBe(WORDS);
  });

  it("opens as the same bytes, whatever they are", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), async (content) => {
        expect((await open(ours.identity, await seal(ours.recipient, content))).equals(content)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  it("opens when it is longer than one of age's pieces", async () => {
    const long = Buffer.alloc(200_000, "ж");
    expect((await open(ours.identity, await seal(ours.recipient, long))).equals(long)).toBe(true);
  });

  it("does not open with another key", async () => {
    await expect(open(theirs.identity, await seal(ours.recipient, WORDS))).rejects.toThrow(CannotOpen);
  });

  it("is different each time, and holds none of its words", async () => {
    const [first, second] = [await seal(ours.recipient, WORDS), await seal(ours.recipient, WORDS)];
    expect(first.equals(second)).toBe(false);
    expect(first.includes("second one")).toBe(false);
  });

  it("does not open when any of its bytes was changed or cut off", async () => {
    const sealed = await seal(ours.recipient, WORDS);
    const place = fc.record({ at: fc.nat(sealed.length - 1), bit: fc.integer({ min: 0, max: 7 }), cut: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(place, async ({ at, bit, cut }) => {
        const damaged = Buffer.from(cut ? sealed.subarray(0, at) : sealed);
        if (!cut) damaged[at] = (damaged[at] ?? 0) ^ (1 << bit);
        await expect(open(ours.identity, damaged)).rejects.toThrow(CannotOpen);
      }),
      { numRuns: 60 },
    );
  });

  it("gives the same answer to a wrong key, to damage, to nothing at all and to a key that is none", async () => {
    const sealed = await seal(ours.recipient, WORDS);
    const attempts: readonly (readonly [string, Uint8Array])[] = [
      [theirs.identity, sealed],
      [ours.identity, sealed.subarray(1)],
      [ours.identity, Buffer.alloc(0)],
      ["AGE-SECRET-KEY-1NOTAKEY", sealed],
    ];
    for (const [identity, bytes] of attempts) {
      await expect(open(identity, bytes)).rejects.toThrow("this key does not open this");
    }
  });

  it("is refused for a recipient that is none", async () => {
    await expect(seal("age1nobody", WORDS)).rejects.toThrow();
  });
});

describe("a key pair", () => {
  it("made of a secret is the same each time and has age's text forms", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 32, maxLength: 32 }), async (secret) => {
        const [one, again] = [await keyPairFrom(secret), await keyPairFrom(secret)];
        expect(one).toEqual(again);
        expect(one.identity).toMatch(/^AGE-SECRET-KEY-1[0-9A-Z]{58}$/);
        expect(one.recipient).toMatch(/^age1[0-9a-z]{58}$/);
        expect(await openText(one.identity, await seal(one.recipient, "x"))).toBe("x");
      }),
      { numRuns: 20 },
    );
  });

  it("made anew is never the same, and no post-quantum one that Debian's age cannot open", async () => {
    expect(ours).not.toEqual(theirs);
    expect(ours.recipient).toMatch(/^age1(?!pq)/);
  });
});

const installed = spawnSync("age", ["--version"]).status === 0;

describe.runIf(installed)("the age program", () => {
  const folder = mkdtempSync(join(tmpdir(), "cuvam-te-age-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function age(args: readonly string[], input: string | Uint8Array) {
    return spawnSync("age", args, { input, maxBuffer: 10_000_000 });
  }

  function keyFile(name: string, { identity }: KeyPair): string {
    const file = join(folder, name);
    writeFileSync(file, `${identity}\n`, { mode: 0o600 });
    return file;
  }

  it("opens what we seal with the right key", async () => {
    const opened = age(["--decrypt", "--identity", keyFile("ours", ours)], await seal(ours.recipient, WORDS));
    expect(opened.stdout.toString("utf8")).toBe(WORDS);
    expect(opened.status).toBe(0);
  });

  it("opens what we seal to a key made of a secret", async () => {
    const derived = await keyPairFrom(Buffer.alloc(32, 7));
    const opened = age(["--decrypt", "--identity", keyFile("derived", derived)], await seal(derived.recipient, WORDS));
    expect(opened.stdout.toString("utf8")).toBe(WORDS);
  });

  it("does not open it with another key", async () => {
    const opened = age(["--decrypt", "--identity", keyFile("theirs", theirs)], await seal(ours.recipient, WORDS));
    expect(opened.status).not.toBe(0);
    expect(opened.stdout).toHaveLength(0);
  });

  it("seals what we open, and what we do not open with another key", async () => {
    const { stdout } = age(["--recipient", ours.recipient], WORDS);
    expect(await openText(ours.identity, stdout)).toBe(WORDS);
    await expect(open(theirs.identity, stdout)).rejects.toThrow(CannotOpen);
  });
});
