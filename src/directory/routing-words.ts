import { type CompetenceRule, type Country, type NotFirst, sayType, territoryName } from "#country/index.ts";
import { type Answering, type Hole, MOST_PASSED, type Step } from "#institutions/index.ts";
import type { Ui } from "#platform/views/ui.ts";
import type { ShownAnswering, ShownHole, ShownNotFirst, ShownRule } from "./routing-views.ts";

/** One body that answers, with its desks, its rules and every detour on the way to it. */
export function answeringIn(country: Country, ui: Ui, { institution, desks, ...how }: Answering): ShownAnswering {
  const { t } = ui;
  return {
    name: t.local(institution.name),
    path: `/staff/institutions/${encodeURIComponent(institution.id)}`,
    type: sayType(country, ui.t, institution.type),
    territory: t.local(territoryName(country, institution.territory)),
    desks: desks.map(({ name }) => t.local(name)).join(", "),
    insteadOf: how.ways
      .filter(({ steps }) => steps.length > 0)
      .map((way) => sayType(country, ui.t, way.type))
      .join(", "),
    rules: how.rules.map((rule) => ruleIn(ui, rule)),
    steps: how.steps.flatMap((step) => sayStep(country, ui, step)),
  };
}

/** What somebody should answer for and nobody does. */
export function holesIn(country: Country, ui: Ui, { type, rules, steps }: Hole): ShownHole {
  return {
    type: sayType(country, ui.t, type),
    rules: rules.map((rule) => ruleIn(ui, rule)),
    steps: steps.flatMap((step) => sayStep(country, ui, step)),
  };
}

/** Who must not be the first to know, and why. */
export function notFirstIn(country: Country, ui: Ui, rule: NotFirst): ShownNotFirst {
  const types = rule.types.map((type) => sayType(country, ui.t, type));
  return { who: [...types, ...(rule.house ? [ui.t("routing.notFirst.house")] : [])], rule: ruleIn(ui, rule) };
}

/** The source of a rule that this service made itself. */
const OWN = "own";

function ruleIn({ t }: Ui, { basis, source, verified }: CompetenceRule | NotFirst): ShownRule {
  const said = source === OWN ? t("routing.source.own") : t("routing.source", { source });
  return { basis: t.local(basis), source: said, verified };
}

/** A detour in words: whom it passes over and why, and whom it goes on to. */
function sayStep(country: Country, ui: Ui, step: Step): readonly string[] {
  const { t } = ui;
  const next = step.to?.map(({ name }) => t.local(name)).join(", ");
  return [sayReason(country, ui, step), ...(next ? [t("routing.step.to", { name: next })] : [])];
}

function sayReason(country: Country, ui: Ui, { because, passed, type, until }: Step): string {
  const { t } = ui;
  const name = passed ? t.local(passed.name) : sayType(country, ui.t, type);
  if (because === "absent") return t("routing.step.absent", { name, day: ui.day((until ?? 0) - 1) });
  if (because === "tooMany") return t("routing.step.tooMany", { count: MOST_PASSED });
  return t(`routing.step.${because}`, { name });
}
