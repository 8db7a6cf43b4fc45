import { type FileHandle, mkdir, open } from "node:fs/promises";
import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import { BackupFault } from "./backup-fault.ts";
import type { FilePiece } from "./part-format.ts";

/** Writes the files of a backup below a folder, piece by piece. */
export interface FileWriting {
  take(piece: FilePiece): Promise<void>;
  /** Closes what is open. Throws BackupFault where a file has not come to its end. */
  end(): Promise<void>;
  /** Closes what is open, where something went wrong. */
  stop(): Promise<void>;
}

export function newFileWriting(folder: string): FileWriting {
  let current: { readonly file: string; readonly handle: FileHandle } | undefined;

  async function begin(file: string): Promise<FileHandle> {
    if (current && current.file !== file) throw new BackupFault("unfit");
    if (current) return current.handle;
    const path = placeOf(folder, file);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const handle = await open(path, "wx", 0o600);
    current = { file, handle };
    return handle;
  }

  async function stop(): Promise<void> {
    await current?.handle.close();
    current = undefined;
  }

  return {
    async take({ file, bytes, last }) {
      const handle = await begin(file);
      await handle.writeFile(Buffer.from(bytes, "base64"));
      if (!last) return;
      await handle.sync();
      await stop();
    },
    async end() {
      if (current) throw new BackupFault("damaged");
    },
    stop,
  };
}

/** A path inside the folder; a backup that was made by somebody else must not write anywhere. */
function placeOf(folder: string, file: string): string {
  const path = resolve(folder, file);
  const inside = relative(folder, path);
  if (inside === "" || inside === ".." || inside.startsWith(`..${sep}`) || isAbsolute(inside))
    throw new BackupFault("unfit");
  return path;
}
