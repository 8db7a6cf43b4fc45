import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient, Stanza } from "age-encryption";
import fc from "fast-check";
import { expect, it } from "vitest";
import { newKeyPair, open, seal } from "#platform/crypto/seal.ts";
import { nativeIdentity, nativeRecipient, recipientOf } from "#platform/crypto/x25519.ts";

it("the recipient of an identity is the one the library derives", async () => {
  for (let turn = 0; turn < 20; turn++) {
    const identity = await generateX25519Identity();
    expect(recipientOf(identity)).toBe(await identityToRecipient(identity));
  }
});

it("the library opens what is sealed here, and here opens what the library seals", async () => {
  const { identity, recipient } = await newKeyPair();
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "binary" }), async (text) => {
      const decrypter = new Decrypter();
      decrypter.addIdentity(identity);
      expect(new TextDecoder().decode(await decrypter.decrypt(await seal(recipient, text)))).toBe(text);
      const encrypter = new Encrypter();
      encrypter.addRecipient(recipient);
      expect((await open(identity, await encrypter.encrypt(text))).toString("utf8")).toBe(text);
    }),
    { numRuns: 40 },
  );
});

it("a stanza for somebody else, of another kind, cut short or with a weak point opens nothing", async () => {
  const mine = await newKeyPair();
  const other = await newKeyPair();
  const fileKey = new Uint8Array(16).fill(7);
  const [stanza] = await nativeRecipient(mine.recipient).wrapFileKey(fileKey);
  const identity = nativeIdentity(mine.identity);
  if (!stanza) throw new Error("no stanza");
  const [, share = ""] = stanza.args;
  const weak = Buffer.alloc(32).toString("base64").replace(/=+$/, "");
  expect(await identity.unwrapFileKey([stanza])).toEqual(fileKey);
  expect(await nativeIdentity(other.identity).unwrapFileKey([stanza])).toBeNull();
  expect(await identity.unwrapFileKey([new Stanza(["scrypt", share], stanza.body)])).toBeNull();
  expect(await identity.unwrapFileKey([new Stanza(["X25519", share], stanza.body.subarray(1))])).toBeNull();
  expect(await identity.unwrapFileKey([new Stanza(["X25519", weak], stanza.body)])).toBeNull();
});

it("what is no X25519 key is refused, the post-quantum kind that Debian's age cannot open too", () => {
  for (const text of ["age1pqxyz", "", "AGE-SECRET-KEY-1", "age1qqqq"]) {
    expect(() => nativeRecipient(text)).toThrow();
    expect(() => nativeIdentity(text)).toThrow();
  }
});
