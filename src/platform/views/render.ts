import { Eta } from "eta";
import type { Ui } from "./ui.ts";
import type { View } from "./view.ts";

export const VIEWS_FOLDER = new URL("../../../views/", import.meta.url).pathname;

const NAME = /^.*views\/|\.eta$/g;
const handlers = new Map<string, ProxyHandler<object>>();

/** Given to each template as `it`: reading what was not passed throws instead of printing "undefined". */
function strict<T extends object>(data: T, file = "inline"): T {
  let handler = handlers.get(file);
  if (!handler) {
    handler = handlerFor(file.replace(NAME, ""));
    handlers.set(file, handler);
  }
  // The handler only refuses, so that the type stays what it was.
  return new Proxy(data, handler as ProxyHandler<T>);
}

/** One for each template, since a page asks for hundreds of values. */
function handlerFor(template: string): ProxyHandler<object> {
  return {
    get(target, name) {
      if (typeof name === "string" && !Object.hasOwn(target, name)) {
        throw new Error(`views/${template}.eta uses it.${name}, which it was not given`);
      }
      return Reflect.get(target, name);
    },
  };
}

class StrictEta extends Eta {
  readonly strict = strict;
  /** Parts are named from the root of views/, wherever they are included. */
  override resolvePath = (template: string) => `${VIEWS_FOLDER}${template}.eta`;
}

/** A part gets `ui` and what it is passed, never the data of the template around it. */
function withoutLeaks(code: string): string {
  return code.replaceAll("{...it, ...(__eta_d ?? {})}", "{ui: it.ui, ...(__eta_d ?? {})}");
}

const eta = new StrictEta({
  views: VIEWS_FOLDER,
  cache: true,
  rmWhitespace: true,
  functionHeader: "it = this.strict(it, options?.filepath); const { t } = it.ui;",
  plugins: [{ processFnString: withoutLeaks }],
});

/** Renders a view with its data. Throws when the template reads what it was not given. */
export function render<Props extends object>(ui: Ui, { template }: View<Props>, props: Props): string {
  return eta.render(template, { ui, ...props });
}

/** Renders template text, for the tests that show that the strictness holds. */
export function renderText(ui: Ui, text: string, data: object): string {
  return eta.renderString(text, { ui, ...data });
}
