import { Decrypter, Encrypter } from "age-encryption";
import { CannotOpen } from "./seal.ts";
import { nativeIdentity, nativeRecipient } from "./x25519.ts";

type Pieces = AsyncIterable<Uint8Array>;

/** Thrown where a sealed stream opens at its beginning, but what follows is not what was sealed. */
export class DamagedStream extends Error {
  constructor() {
    super("what was sealed is damaged or cut off");
    this.name = "DamagedStream";
  }
}

/** Seals pieces as they come, so that memory does not grow with them; the standard `age` program opens the result. */
export async function* sealPieces(recipient: string, content: Pieces): AsyncGenerator<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(nativeRecipient(recipient));
  yield* piecesOf(await encrypter.encrypt(streamOf(content)));
}

/**
 * Opens pieces as they come. Nothing after a piece that was changed is given out, and a stream that ends early throws.
 * @throws CannotOpen before the first piece, for a wrong identity or a damaged beginning; DamagedStream after that
 */
export async function* openPieces(identity: string, sealed: Pieces): AsyncGenerator<Uint8Array> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(nativeIdentity(identity));
  const opened = await decrypter.decrypt(streamOf(sealed)).catch(() => {
    throw new CannotOpen();
  });
  try {
    yield* piecesOf(opened);
  } catch {
    throw new DamagedStream();
  }
}

/** The other half of `piecesOf`; each piece is asked for only when the one before was taken. */
function streamOf(pieces: Pieces): ReadableStream<Uint8Array> {
  const iterator = pieces[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}

async function* piecesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
