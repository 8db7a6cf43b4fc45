import { Eta } from "eta";
import type { Ui } from "./ui.ts";
import type { View } from "./view.ts";

export const VIEWS_FOLDER = new URL("../../../views/", import.meta.url).pathname;

/** Given to each template: what it reads and was not passed would print "undefined". */
function demand(data: object, names: readonly string[], file = "inline"): void {
  for (const name of names) {
    if (Object.hasOwn(data, name)) continue;
    throw new Error(`views/${file.replace(/^.*views\/|\.eta$/g, "")}.eta uses it.${name}, which it was not given`);
  }
}

class StrictEta extends Eta {
  readonly demand = demand;
  /** Parts are named from the root of views/, wherever they are included. */
  override resolvePath = (template: string) => `${VIEWS_FOLDER}${template}.eta`;
}

const NAMES = '"the names"';

/** Asks once for all that a template reads, which a proxy would do at each reading of the hundreds of a page. */
function withNames(code: string): string {
  const read = [...code.matchAll(/\bit\.([A-Za-z]\w*)/g)].map(([, name]) => name);
  const taken = [...code.matchAll(/\{([^{}]*)\} = it;/g)].flatMap(([, names = ""]) => names.match(/\w+/g) ?? []);
  return code.replace(NAMES, JSON.stringify([...new Set([...read, ...taken])]));
}

/** A part gets `ui` and what it is passed, never the data of the template around it. */
function withoutLeaks(code: string): string {
  return code.replaceAll("{...it, ...(__eta_d ?? {})}", "{ui: it.ui, ...(__eta_d ?? {})}");
}

const eta = new StrictEta({
  views: VIEWS_FOLDER,
  cache: true,
  rmWhitespace: true,
  functionHeader: `this.demand(it, ${NAMES}, options?.filepath); const { t } = it.ui;`,
  plugins: [{ processFnString: (code: string) => withNames(withoutLeaks(code)) }],
});

/** Renders a view with its data. Throws when the template reads what it was not given. */
export function render<Props extends object>(ui: Ui, { template }: View<Props>, props: Props): string {
  return eta.render(template, { ui, ...props });
}

/** Renders template text, for the tests that show that the strictness holds. */
export function renderText(ui: Ui, text: string, data: object): string {
  return eta.renderString(text, { ui, ...data });
}
