import { account } from "#accounts/index.ts";
import { dayStartIn } from "#country/index.ts";
import { countTied, findInstitution, type Institution, listTied, TIES, type Tie, TRIAGE } from "#institutions/index.ts";
import type { AppContext, FormState } from "#platform/http/app.ts";
import { notFound } from "#platform/http/errors.ts";
import { checkForm, fieldsFrom, formState } from "#platform/http/form.ts";
import { page, seeOther } from "#platform/http/page.ts";
import { readFields } from "#platform/http/read-body.ts";
import { endInstitution, reopenInstitution } from "./change-institution.ts";
import type { DirectoryNeeds } from "./needs.ts";
import { institutionAddress, registryAddress } from "./registry-address.ts";
import { dateField } from "./registry-fields.ts";
import { EndForm } from "./registry-forms.ts";
import { institutionEnd } from "./registry-views.ts";
import { waysOf } from "./ways.ts";

/** How many of those that depend on it are named; the others are behind a link. */
const MOST_NAMED = 10;

const DEPENDS = {
  parent: "registry.end.parent",
  supervisor: "registry.end.supervisor",
  fallback: "registry.end.fallback",
} as const satisfies Record<Tie, string>;

/** Asks from which day an institution works no longer, and says what hangs on it. */
export function showEnd(c: AppContext, needs: DirectoryNeeds): Promise<Response> {
  const today = c.get("ui").isoDay(needs.now());
  return answerEnd(c, needs, { form: formState(fieldsFrom({ on: today })), status: 200 });
}

/** Ends an institution; whoever comes after a change sees first what holds now. */
export async function receiveEnd(c: AppContext, needs: DirectoryNeeds): Promise<Response> {
  const typed = await readFields(c);
  const checked = checkForm(EndForm, typed);
  if (!checked.ok) return answerEnd(c, needs, { form: checked.form, status: 422 });
  const { on, version } = checked.input;
  const id = idOf(c);
  const outcome = await endInstitution(needs, account.get(c), { id, version, on: dayStartIn(needs.country, on) });
  if (outcome === "missing") throw notFound();
  if (outcome === "done") return seeOther(c, institutionAddress(id));
  const [key, status] =
    outcome === "before-start"
      ? (["registry.end.beforeStart", 422] as const)
      : (["registry.end.changed", 409] as const);
  return answerEnd(c, needs, { form: formState(typed, [{ field: "on", phrase: { key } }]), status });
}

/** Takes the end back. */
export async function receiveReopen(c: AppContext, needs: DirectoryNeeds): Promise<Response> {
  await readFields(c);
  if (!(await reopenInstitution(needs, account.get(c), idOf(c)))) throw notFound();
  return seeOther(c, institutionAddress(idOf(c)));
}

const idOf = (c: AppContext) => c.req.param("id") ?? "";

interface Shown {
  readonly form: FormState;
  readonly status: 200 | 409 | 422;
}

async function answerEnd(c: AppContext, { db, now }: DirectoryNeeds, { form, status }: Shown): Promise<Response> {
  const { t } = c.get("ui");
  const id = idOf(c);
  const at = now();
  const { row, depends } = await db.read(async (reader) => {
    const found = await findInstitution(reader, id);
    if (!found || found.type === TRIAGE) throw notFound();
    const counts = await countTied(reader, id, at);
    const tied = [];
    for (const kind of TIES)
      tied.push({
        kind,
        count: counts[kind],
        some: await listTied(reader, { kind, to: id }, { at, most: MOST_NAMED }),
      });
    return { row: found, depends: tied.filter(({ count }) => count > 0) };
  });
  const link = ({ id: other, name }: Institution) => ({ path: institutionAddress(other), label: t.local(name) });
  const props = {
    ways: waysOf(c),
    back: { path: institutionAddress(id), label: t.local(row.name) },
    action: institutionAddress(id, "/end"),
    heading: t("registry.end.heading"),
    form,
    field: dateField({ name: "on", label: t("registry.end.on"), hint: t("registry.end.on.hint"), optional: false }),
    version: row.version,
    depends: depends.map(({ kind, count, some }) => ({
      label: t.count(DEPENDS[kind], count),
      institutions: some.map(link),
      all: count > some.length ? { path: registryAddress({ [kind]: id }), label: t("registry.end.all") } : undefined,
    })),
  };
  return page(c, institutionEnd, props, {
    title: t("registry.title"),
    failed: form.errors.length > 0,
    status,
    layout: "staff",
  });
}
