import { opendir } from "node:fs/promises";
import { join } from "node:path";

/**
 * The paths of all files below a folder, with slashes; none where there is no such folder. What begins with a dot is
 * being written and belongs to no row yet.
 */
export async function* listFiles(folder: string, below = ""): AsyncGenerator<string> {
  const entries = await opendir(join(folder, below)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (!entries) return;
  for await (const entry of entries) {
    if (entry.name.startsWith(".")) continue;
    const path = below ? `${below}/${entry.name}` : entry.name;
    if (entry.isDirectory()) yield* listFiles(folder, path);
    else if (entry.isFile()) yield path;
  }
}
