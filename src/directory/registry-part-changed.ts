import type { AppContext, Fields } from "#platform/http/app.ts";
import { page } from "#platform/http/page.ts";
import { registryChanged } from "./registry-views.ts";
import { waysOf } from "./ways.ts";

/** What the fields of a form say: an institution's, a desk's, or a contact person's. */
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
  /** What a field is called in the form that takes the choice, where it is not its own name. */
  readonly sentAs?: (name: string) => string;
  /** What else the form says again. */
  readonly given?: readonly { readonly name: string; readonly value: string }[];
  readonly action: string;
  readonly back: { readonly path: string; readonly label: string };
}

/**
 * What the second of two people sees: each value that differs, theirs and their own, to choose from. Chosen to begin with
 * is what somebody has changed, so that an untouched field takes nothing back.
 */
export function showPartChanged(c: AppContext, changed: Changed): Response {
  const { theirs, mine, shown, labels, say, sentAs = (name) => name, given = [], action, back } = changed;
  const names = Object.keys(labels);
  const differ = names.filter((name) => theirs[name] !== mine[name]);
  const option = (name: string, value = "") => ({ value, said: say(name, value) });
  const same = names.filter((name) => !differ.includes(name));
  const props = {
    ways: waysOf(c),
    ...{ action, back },
    differences: differ.map((name) => ({
      ...{ name: sentAs(name), label: labels[name] ?? name },
      ...{ theirs: option(name, theirs[name]), mine: option(name, mine[name]) },
      choose: shown?.[name] === mine[name] ? ("theirs" as const) : ("mine" as const),
    })),
    hidden: [
      ...given,
      { name: "shown", value: JSON.stringify(theirs) },
      ...same.map((name) => ({ name: sentAs(name), value: theirs[name] ?? "" })),
    ],
  };
  return page(c, registryChanged, props, { title: c.get("ui").t("registry.title"), status: 409, layout: "staff" });
}
