import { bech32 } from "@scure/base";
import { Decrypter, Encrypter, generateX25519Identity } from "age-encryption";
import { nativeIdentity, nativeRecipient, recipientOf } from "./x25519.ts";

/** Thrown when a key does not open a text, or the text is not the one it claims to be; it never says why. */
export class CannotOpen extends Error {
  constructor() {
    super("this key does not open this");
    this.name = "CannotOpen";
  }
}

/** A key pair in age's text forms: `AGE-SECRET-KEY-1…` and `age1…`. */
export interface KeyPair {
  readonly identity: string;
  readonly recipient: string;
}

export async function newKeyPair(): Promise<KeyPair> {
  const identity = await generateX25519Identity();
  return { identity, recipient: recipientOf(identity) };
}

/** An age identity made of 32 secret bytes (age-encryption.org/v1, X25519 recipient type). */
export async function keyPairFrom(secret: Uint8Array): Promise<KeyPair> {
  const identity = bech32.encodeFromBytes("AGE-SECRET-KEY-", secret).toUpperCase();
  return { identity, recipient: recipientOf(identity) };
}

/** Seals text or bytes so that only the recipient's identity opens it; the standard `age` program opens it too. */
export async function seal(recipient: string, content: string | Uint8Array): Promise<Buffer> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(nativeRecipient(recipient));
  return Buffer.from(await encrypter.encrypt(content));
}

/** Opens what `seal` made. Throws `CannotOpen` for a wrong key and for damaged bytes alike. */
export async function open(identity: string, sealed: Uint8Array): Promise<Buffer> {
  try {
    const decrypter = new Decrypter();
    decrypter.addIdentity(nativeIdentity(identity));
    return Buffer.from(await decrypter.decrypt(sealed));
  } catch {
    throw new CannotOpen();
  }
}

export async function openText(identity: string, sealed: Uint8Array): Promise<string> {
  return (await open(identity, sealed)).toString("utf8");
}
