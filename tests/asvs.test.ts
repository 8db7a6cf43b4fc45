import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

/** The requirements of OWASP ASVS 5.0.0 at levels 1 and 2 for authentication (6), sessions (7) and authorisation (8). */
const ASKED = [
  ...range("6.1", 3),
  ...range("6.2", 12),
  ...range("6.3", 4),
  ...range("6.4", 4),
  ...range("6.5", 5),
  ...range("6.6", 3),
  ...range("6.8", 4),
  ...range("7.1", 3),
  ...range("7.2", 4),
  ...range("7.3", 2),
  ...range("7.4", 5),
  ...range("7.5", 2),
  ...range("7.6", 2),
  ...range("8.1", 2),
  ...range("8.2", 3),
  ...["8.3.1", "8.4.1"],
];

function range(section: string, last: number): string[] {
  return Array.from({ length: last }, (_, at) => `${section}.${at + 1}`);
}

interface Row {
  readonly ids: readonly string[];
  readonly how: string;
  readonly shown: string;
}

function rowsOf(text: string): Row[] {
  const [, table = ""] = text.split("## OWASP ASVS 5.0.0");
  return [...table.matchAll(/^\| (\d[^|]*) \| ([^|]+) \| ([^|]+) \|$/gm)].map(([, ids = "", how = "", shown = ""]) => ({
    ids: ids.split(", ").flatMap(idsOf),
    how,
    shown,
  }));
}

/** "6.6.1–6.6.3" is three. */
function idsOf(text: string): string[] {
  const [first = "", last = first] = text.trim().split("–");
  const section = first.slice(0, first.lastIndexOf("."));
  return range(section, Number(last.split(".").at(-1))).slice(Number(first.split(".").at(-1)) - 1);
}

/** What is wrong with the proof of a row: no test of that name, or no reason. */
function faultOf({ shown }: Row): string[] {
  if (/^does not apply: .{10,}/.test(shown)) return [];
  const [, file = "", words = ""] = /^([\w/-]+): "(.+)"$/.exec(shown) ?? [];
  const path = new URL(`${file}.test.ts`, import.meta.url);
  if (file === "" || !existsSync(path)) return [`${shown}: no such file`];
  const titles = [...readFileSync(path, "utf8").matchAll(/\bit(?:\.\w+\([\s\S]*?\))*\(\s*["`]([\s\S]*?)["`],/g)].map(
    ([, each]) => each,
  );
  return titles.some((title) => title?.includes(words)) ? [] : [`${shown}: no such test`];
}

const SECURITY = readFileSync(new URL("../SECURITY.md", import.meta.url), "utf8");

describe("the table of OWASP ASVS in SECURITY.md", () => {
  it("has every requirement of level 2 once", () => {
    const ids = rowsOf(SECURITY).flatMap((row) => row.ids);
    expect(ids.toSorted()).toEqual(ASKED.toSorted());
  });

  it("names a test that exists, or says why a requirement does not apply", () => {
    expect(rowsOf(SECURITY).flatMap(faultOf)).toEqual([]);
  });

  it("would be told apart from one that names no test, or a file that is not there", () => {
    const row = (shown: string): Row => ({ ids: [], how: "", shown });
    expect(faultOf(row('accounts/sessions: "nobody wrote this"'))).toHaveLength(1);
    expect(faultOf(row('accounts/nowhere: "x"'))).toHaveLength(1);
    expect(faultOf(row("does not apply"))).toHaveLength(1);
    expect(idsOf("6.6.2–6.6.3")).toEqual(["6.6.2", "6.6.3"]);
  });
});
