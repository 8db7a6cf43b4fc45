/** The same keys in another language: a missing key is a compile error that names it. */
export type Translated<English> = { readonly [Key in keyof English]: string };
