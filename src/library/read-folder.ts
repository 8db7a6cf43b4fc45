import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Country } from "#country/index.ts";
import { parsePage } from "./page-source.ts";

/** One page of a folder: its files by language. */
export interface PageFiles {
  readonly id: string;
  readonly number: number;
  readonly sources: ReadonlyMap<string, string>;
}

const FILE = /^(\d+)-([a-z-]+)\.md$/;

/**
 * Reads a country's folder of pages, `sr/7-neglect.md` and so on, in the order of their numbers.
 * Throws an `Error` that names every faulty file: a page that cannot be shown, or lacks a language.
 */
export function readFolder({ code, libraryFolder, languages, contacts }: FolderNeeds): PageFiles[] {
  const written = [...new Set(languages.map(({ tag }) => writtenIn(tag)))];
  const faults: string[] = [];
  const pages = new Map<string, { id: string; number: number; sources: Map<string, string> }>();
  for (const language of written) {
    for (const name of readdirSync(join(libraryFolder, language)).sort()) {
      const [, number = "", id = ""] = FILE.exec(name) ?? [];
      const source = readFileSync(join(libraryFolder, language, name), "utf8");
      const fault = id === "" ? "its name is not NUMBER-name.md" : faultOf(source, contacts);
      if (fault) faults.push(`${language}/${name}: ${fault}`);
      const page = pages.get(id) ?? { id, number: Number(number), sources: new Map() };
      page.sources.set(language, source);
      pages.set(id, page);
    }
  }
  for (const { id, sources } of pages.values())
    for (const language of written) if (!sources.has(language)) faults.push(`${id} is not written in ${language}`);
  if (faults.length > 0) throw new Error(`the pages of ${code} in ${basename(libraryFolder)}:\n${faults.join("\n")}`);
  return [...pages.values()].sort((one, other) => one.number - other.number);
}

type FolderNeeds = Pick<Country, "code" | "libraryFolder" | "languages" | "contacts">;

/** The language in which the texts of another are written: the Latin script of Serbian is derived. */
export const writtenIn = (tag: string): string => tag.replace(/-Latn$/, "");

const PLACED = /\[\[([^\]]*)\]\]/g;

function faultOf(source: string, contacts: Country["contacts"]): string | undefined {
  try {
    const page = parsePage(source);
    const placed = [...page.contacts, ...[...page.body.matchAll(PLACED)].map(([, id = ""]) => id)];
    const unknown = placed.filter((id) => !contacts.some((contact) => contact.id === id));
    return unknown.length > 0 ? `there is no contact ${unknown.join(", ")}` : undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
