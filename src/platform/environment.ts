import { readFileSync } from "node:fs";

/**
 * The value of a variable, or of the file that `NAME_FILE` names; what is empty counts as absent.
 * Throws when that file cannot be read.
 */
export function variable(environment: Readonly<Record<string, string | undefined>>, name: string): string | undefined {
  const file = environment[`${name}_FILE`];
  return environment[name] || (file && readFileSync(file, "utf8").trim()) || undefined;
}
