/** What the page of who answers is asked about, in codes alone, so that its address can be passed on. */
export interface AskedMatter {
  readonly place?: string | undefined;
  readonly form: readonly string[];
  readonly setting?: string | undefined;
  readonly harmer?: string | undefined;
  readonly level?: string | undefined;
  readonly age?: string | undefined;
  readonly at?: string | undefined;
}

/** The address of who answers for a matter; what is not said is not in it. */
export function routingAddress({ form, ...asked }: AskedMatter): string {
  const said = Object.entries(asked).filter((pair): pair is [string, string] => Boolean(pair[1]));
  const query = new URLSearchParams([...said, ...form.map((each): [string, string] => ["form", each])]).toString();
  return query ? `/staff/routing?${query}` : "/staff/routing";
}
