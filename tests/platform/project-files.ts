import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The folder of the whole project. */
export const ROOT = new URL("../../", import.meta.url).pathname;

/** A file of the project, or a made-up one that shows that a rule can fail. */
export interface ProjectFile {
  /** Path below the project's folder, such as `src/app.ts`. */
  readonly path: string;
  readonly text: string;
}

/** Every file below a folder whose name has one of the endings, in the order of their paths. */
export function filesBelow(folder: string, ...endings: readonly string[]): ProjectFile[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), "utf8") }));
}
