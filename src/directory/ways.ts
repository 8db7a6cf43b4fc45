import { account, mayDo, type Permission } from "#accounts/index.ts";
import type { PlainMessageKey } from "#messages/messages.ts";
import type { AppContext } from "#platform/http/app.ts";

/** A page of the directory that this person may open. */
export interface Way {
  readonly path: string;
  readonly label: PlainMessageKey;
  readonly current: boolean;
}

const WAYS: readonly (Omit<Way, "current"> & { readonly needs: Permission })[] = [
  { path: "/staff/institutions", label: "directory.way.institutions", needs: "directory.read" },
  { path: "/staff/institutions/import", label: "directory.way.import", needs: "directory.change" },
  { path: "/staff/absences", label: "directory.way.absences", needs: "directory.read" },
  { path: "/staff/opening", label: "directory.way.opening", needs: "directory.read" },
  { path: "/staff/routing", label: "directory.way.routing", needs: "directory.read" },
  { path: "/staff/routing/holes", label: "directory.way.holes", needs: "directory.read" },
];

/** The ways between the directory's pages, for the row above each of them. */
export function waysOf(c: AppContext): readonly Way[] {
  const { role } = account.get(c);
  const current = WAYS.map(({ path }) => path)
    .filter((path) => c.req.path === path || c.req.path.startsWith(`${path}/`))
    .toSorted((one, other) => other.length - one.length)[0];
  return WAYS.filter(({ needs }) => mayDo(role, needs)).map(({ path, label }) => ({
    path,
    label,
    current: path === current,
  }));
}
