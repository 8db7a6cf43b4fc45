import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
} from "node:crypto";
import { base64nopad, bech32 } from "@scure/base";
import { type Identity, type Recipient, Stanza } from "age-encryption";

/** The fixed ASN.1 beginnings of X25519 keys (RFC 8410), which Node needs around the 32 bytes. */
const PRIVATE = Buffer.from("302e020100300506032b656e04220420", "hex");
const PUBLIC = Buffer.from("302a300506032b656e032100", "hex");
const INFO = "age-encryption.org/v1/X25519";
const NO_NONCE = Buffer.alloc(12);
const TAG = 16;
const FILE_KEY = 16;

const publicBytes = (key: KeyObject) => key.export({ type: "spki", format: "der" }).subarray(PUBLIC.length);
const publicKey = (bytes: Uint8Array) =>
  createPublicKey({ key: Buffer.concat([PUBLIC, bytes]), format: "der", type: "spki" });
const privateKey = (bytes: Uint8Array) =>
  createPrivateKey({ key: Buffer.concat([PRIVATE, bytes]), format: "der", type: "pkcs8" });

function decode(text: string, prefix: string): Uint8Array {
  const { prefix: found, bytes } = bech32.decodeToBytes(text);
  if (found.toLowerCase() !== prefix.toLowerCase() || bytes.length !== 32) throw new Error("not an X25519 key");
  return bytes;
}

/** The recipient (`age1…`) of an identity (`AGE-SECRET-KEY-1…`). */
export function recipientOf(identity: string): string {
  const secret = privateKey(decode(identity, "AGE-SECRET-KEY-"));
  return bech32.encodeFromBytes("age", publicBytes(createPublicKey(secret)));
}

/**
 * age's X25519 recipient (age-encryption.org/v1) on Node's own crypto: ten times faster than the library's portable
 * one, which matters where one report is sealed seven times.
 */
export function nativeRecipient(recipient: string): Recipient {
  const to = decode(recipient, "age");
  return {
    wrapFileKey(fileKey) {
      const ephemeral = generateKeyPairSync("x25519");
      const share = publicBytes(ephemeral.publicKey);
      const secret = diffieHellman({ privateKey: ephemeral.privateKey, publicKey: publicKey(to) });
      const cipher = createCipheriv("chacha20-poly1305", wrapKey(secret, share, to), NO_NONCE, { authTagLength: TAG });
      const body = Buffer.concat([cipher.update(fileKey), cipher.final(), cipher.getAuthTag()]);
      return [new Stanza(["X25519", base64nopad.encode(share)], body)];
    },
  };
}

/** The other half: opens what the recipient's stanza wraps, or gives null where no stanza is this identity's. */
export function nativeIdentity(identity: string): Identity {
  const own = privateKey(decode(identity, "AGE-SECRET-KEY-"));
  const to = publicBytes(createPublicKey(own));
  return {
    unwrapFileKey(stanzas) {
      for (const { args, body } of stanzas) {
        if (args[0] !== "X25519" || args.length !== 2 || body.length !== FILE_KEY + TAG) continue;
        const fileKey = unwrap(own, to, base64nopad.decode(args[1] ?? ""), body);
        if (fileKey) return fileKey;
      }
      return null;
    },
  };
}

function unwrap(own: KeyObject, to: Uint8Array, share: Uint8Array, body: Uint8Array): Uint8Array | undefined {
  try {
    const secret = diffieHellman({ privateKey: own, publicKey: publicKey(share) });
    const key = wrapKey(secret, share, to);
    const cipher = createDecipheriv("chacha20-poly1305", key, NO_NONCE, { authTagLength: TAG });
    cipher.setAuthTag(body.subarray(FILE_KEY));
    return new Uint8Array(Buffer.concat([cipher.update(body.subarray(0, FILE_KEY)), cipher.final()]));
  } catch {
    return undefined;
  }
}

function wrapKey(secret: Uint8Array, share: Uint8Array, to: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", secret, Buffer.concat([share, to]), INFO, 32));
}
