import type { AppContext, Fields } from "#platform/http/app.ts";
import { page } from "#platform/http/page.ts";
import { registryChanged } from "./registry-views.ts";
import { waysOf } from "./ways.ts";

/** What the fields of a desk or of a contact person say. */
export type PartValues = Readonly<Record<string, string>>;

/** What a form said when it was shown; undefined where that did not come back whole. */
export function shownPart(typed: Fields): PartValues | undefined {
  try {
    const values: unknown = JSON.parse(typed.get("shown")?.[0] ?? "");
    // It is only compared, so that anything with texts will do.
    return typeof values === "object" && values !== null ? (values as PartValues) : undefined;
  } catch {
    return undefined;
  }
}

/** Whether somebody has changed a part since a form showed it, to something else than the form now says. */
export function isChangedMeanwhile({ theirs, mine, shown }: Record<"theirs" | "mine", PartValues> & Shown): boolean {
  return shown !== undefined && !isSame(theirs, shown) && !isSame(theirs, mine);
}

interface Shown {
  readonly shown: PartValues | undefined;
}

function isSame(one: PartValues, other: PartValues): boolean {
  return Object.keys(one).every((name) => one[name] === (other[name] ?? ""));
}

interface Changed extends Shown {
  readonly theirs: PartValues;
  readonly mine: PartValues;
  readonly labels: Readonly<Record<string, string>>;
  /** How a value of a field is said, where it is no text that somebody wrote. */
  readonly say: (name: string, value: string) => string;
  readonly action: string;
  readonly back: { readonly path: string; readonly label: string };
}

/** What the second of two people sees: each value that differs, theirs and their own, to choose from. */
export function showPartChanged(c: AppContext, { theirs, mine, shown, labels, say, action, back }: Changed): Response {
  const names = Object.keys(labels);
  const differ = names.filter((name) => theirs[name] !== mine[name]);
  const option = (name: string, value = "") => ({ value, said: say(name, value) });
  const props = {
    ways: waysOf(c),
    ...{ action, back },
    differences: differ.map((name) => ({
      ...{ name, label: labels[name] ?? name },
      ...{ theirs: option(name, theirs[name]), mine: option(name, mine[name]) },
      choose: shown?.[name] === mine[name] ? ("theirs" as const) : ("mine" as const),
    })),
    hidden: [
      { name: "shown", value: JSON.stringify(theirs) },
      ...names.filter((name) => !differ.includes(name)).map((name) => ({ name, value: theirs[name] ?? "" })),
    ],
  };
  return page(c, registryChanged, props, { title: c.get("ui").t("registry.title"), status: 409, layout: "staff" });
}
