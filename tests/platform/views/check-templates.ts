import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Eta } from "eta";
import { ROOT } from "../project-files.ts";

/** A template with the TypeScript type of its data. */
export interface TypedTemplate {
  readonly name: string;
  readonly text: string;
  /** A type expression in which `Parts` and `import("…")` may stand. */
  readonly props: string;
}

const eta = new Eta();
const src = (path: string) => JSON.stringify(join(ROOT, "src", path));

/** The template as a TypeScript function: what it reads, says and includes, without its HTML. */
function functionOf({ text, props }: TypedTemplate): string {
  const body = eta.parse(text).map((part) => {
    if (typeof part === "string") return "";
    return part.t === "e" ? part.val : `print(${part.val});`;
  });
  return `import type { Parts } from ${src("platform/views/parts.ts")};
import type { Ui } from ${src("platform/views/ui.ts")};
declare function print(shown: string | number): void;
declare function include<Name extends keyof Parts>(name: Name, data: Parts[Name]): string;
export function template(it: ${props} & { readonly ui: Ui }): void {
  const { t } = it.ui;
  ${body.filter((line) => line !== "").join("\n  ")}
}
`;
}

/**
 * Compiles all templates at once.
 * @param modules files of src that must be known to the compiler, since features add their parts to `Parts`
 * @returns for each template, by its name, what is wrong with it
 */
export async function checkTemplates(
  templates: readonly TypedTemplate[],
  modules: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const folder = mkdtempSync(join(tmpdir(), "cuvam-te-views-"));
  try {
    for (const [at, template] of templates.entries()) writeFileSync(join(folder, `t${at}.ts`), functionOf(template));
    const project = {
      extends: join(ROOT, "tsconfig.json"),
      compilerOptions: {
        noUnusedLocals: false,
        noUnusedParameters: false,
        typeRoots: [join(ROOT, "node_modules/@types")],
      },
      include: ["./*.ts"],
      files: modules.map((path) => join(ROOT, path)),
    };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(project));
    writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
    return faultsOf(templates, await compile(folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function compile(folder: string): Promise<string> {
  const tsc = join(ROOT, "node_modules/.bin/tsc");
  return new Promise((resolve, reject) => {
    execFile(tsc, ["--project", folder, "--pretty", "false"], { cwd: folder }, (error, stdout, stderr) => {
      if (error && typeof error.code !== "number") reject(error);
      else resolve(stdout + stderr);
    });
  });
}

function faultsOf(templates: readonly TypedTemplate[], output: string): Map<string, string[]> {
  const faults = new Map<string, string[]>();
  for (const line of output.split("\n")) {
    const [, at, message = ""] = /(?:^|\/)t(\d+)\.ts\(\d+,\d+\): error \w+: (.*)/.exec(line) ?? [];
    const name = at === undefined ? undefined : templates[Number(at)]?.name;
    if (name !== undefined) faults.set(name, [...(faults.get(name) ?? []), message]);
    else if (/^error /.test(line)) faults.set("the compiler", [...(faults.get("the compiler") ?? []), line]);
  }
  return faults;
}
