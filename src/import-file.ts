import { readFile } from "node:fs/promises";
import type { Country } from "#country/index.ts";
import {
  fileFaultPhrase,
  type ImportPlan,
  importInstitutions,
  planInTurns,
  sayLineFault,
} from "#institutions/index.ts";
import { translator } from "#messages/messages.ts";
import { randomToken } from "#platform/crypto/derive.ts";
import type { Platform } from "#platform/platform.ts";

const t = translator("en");
const say = (line: string) => process.stdout.write(`${line}\n`);

export interface ImportCommand {
  readonly file: string;
  readonly apply: boolean;
  readonly rightLinesOnly: boolean;
}

/** Takes what was typed behind the command; undefined where it names no file or something unknown. */
export function importCommandFrom(given: readonly string[]): ImportCommand | undefined {
  const [file, ...more] = given.filter((each) => !each.startsWith("--"));
  const flags = given.filter((each) => each.startsWith("--"));
  const isKnown = flags.every((flag) => flag === "--apply" || flag === "--right-lines-only");
  if (file === undefined || more.length > 0 || !isKnown) return undefined;
  return { file, apply: flags.includes("--apply"), rightLinesOnly: flags.includes("--right-lines-only") };
}

/**
 * Looks at a file of institutions, says line by line what is wrong and what it would do, and applies it where asked.
 * @returns the exit code: 1 where a line is wrong, also when the others were applied
 */
export async function importFile(
  { db, now }: Pick<Platform, "db" | "now">,
  country: Country,
  { file, apply, rightLinesOnly }: ImportCommand,
): Promise<number> {
  const content = await readFile(file).catch(() => undefined);
  if (!content) {
    process.stderr.write(`${t("imports.command.noFile", { file })}\n`);
    return 1;
  }
  const { planned } = await planInTurns(db, country, content, now());
  if (!planned.ok) {
    say(t.phrase(fileFaultPhrase(t, planned.fault)));
    return 1;
  }
  const { plan } = planned;
  sayPlan(plan);
  const ended = plan.wrong > 0 ? 1 : 0;
  if (!apply) {
    say(t("imports.command.trial"));
    return ended;
  }
  const by = { kind: "system" } as const;
  const order = { by, at: now(), importId: randomToken(), mark: plan.mark, rightLinesOnly };
  const { outcome } = await importInstitutions(db, country, content, order);
  if (outcome === "unreadable" || outcome === "differs" || outcome === "taken") {
    say(t("imports.trial.differs"));
    return 1;
  }
  say(t(`imports.command.${outcome}`));
  return ended;
}

/** How many without a fallback are named; a country's first file may leave it out for all. */
const MOST_NAMED = 5;

function sayPlan(plan: ImportPlan): void {
  const { added, changed, same, wrong, leftOut, notNamed, rewritten, withoutFallback, unknown } = plan;
  for (const fault of plan.faults) {
    const column = fault.column ? t(`imports.column.${fault.column}`) : "";
    say(t("imports.command.fault", { line: fault.line, column, fault: sayLineFault(t, fault), text: fault.text }));
  }
  for (const { line, identifier } of leftOut) say(t("imports.command.left", { line, identifier }));
  for (const { line, before, after } of rewritten) say(t("imports.command.rewritten", { line, before, after }));
  if (withoutFallback.length > 0) {
    const names = withoutFallback.slice(0, MOST_NAMED).map(({ identifier }) => identifier);
    const more = withoutFallback.length > MOST_NAMED ? ", …" : "";
    say(t("imports.command.noFallback", { count: withoutFallback.length, names: `${names.join(", ")}${more}` }));
  }
  if (unknown.length > 0) say(t("imports.trial.unknown", { headings: unknown.join(", ") }));
  const counts = { added: added.length, changed: changed.length, same, wrong, left: leftOut.length, notNamed };
  say(t("imports.command.counts", counts));
}
