import type { FieldState, FormState } from "#platform/http/app.ts";

export interface Option {
  readonly value: string;
  readonly label: string;
  readonly hint?: string | undefined;
  /** The name of a small drawing that stands beside the words. */
  readonly drawing?: string | undefined;
}

/** The parts a template may include, each with what it must be given; the templates are checked against this map. */
export interface Parts {
  "parts/error-summary": { readonly form: FormState };
  "parts/field": {
    readonly name: string;
    readonly label: string;
    readonly hint: string | undefined;
    readonly kind: "text" | "textarea" | "email" | "password" | "code";
    readonly field: FieldState;
    readonly optional: boolean;
  };
  "parts/choices": {
    readonly name: string;
    readonly legend: string;
    readonly hint: string | undefined;
    readonly kind: "radio" | "checkbox";
    readonly options: readonly Option[];
    /** "Not sure" and "do not want to say", below a divider. */
    readonly others: readonly Option[];
    readonly field: FieldState;
    /** The legend is the page's heading. */
    readonly heading: boolean;
    readonly optional: boolean;
  };
  "parts/select": {
    readonly name: string;
    readonly label: string;
    readonly hint: string | undefined;
    readonly options: readonly Option[];
    readonly field: FieldState;
    readonly optional: boolean;
  };
}
