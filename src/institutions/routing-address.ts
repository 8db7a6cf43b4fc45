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

const ORDER = ["place", "setting", "harmer", "level", "age", "at"] as const;

/** The address of who answers for a matter, the same for the same matter; what is not said is not in it. */
export function routingAddress(asked: AskedMatter): string {
  const said = ORDER.flatMap((name): [string, string][] => (asked[name] ? [[name, asked[name]]] : []));
  const forms = asked.form.map((form): [string, string] => ["form", form]);
  const query = new URLSearchParams([...said, ...forms]).toString();
  return query ? `/staff/routing?${query}` : "/staff/routing";
}
