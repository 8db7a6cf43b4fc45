/** A template bound to the type of the data it is given. */
export interface View<Props extends object> {
  /** Path below views/, without its ending. */
  readonly template: string;
  /** Never filled: it carries the type that the template is checked against. */
  readonly props?: Props;
}

export function view<Props extends object>(template: string): View<Props> {
  return { template };
}
