import { searchForm } from "#institutions/index.ts";
import type { AppContext } from "#platform/http/app.ts";
import { page } from "#platform/http/page.ts";
import { readFields } from "#platform/http/read-body.ts";
import { PeopleQuery } from "./forms.ts";
import { listInvitations } from "./invitation-store.ts";
import type { AccountNeeds } from "./needs.ts";
import { type ListedPerson, listPeople } from "./people-store.ts";
import { findPerson } from "./person-store.ts";
import { ROLE_NAMES } from "./roles.ts";
import { sayRole, shownInvitation } from "./team-page.ts";
import { peoplePage } from "./views.ts";

export const PEOPLE = "/staff/people";
const ROWS_A_PAGE = 50;
const MOST_INVITATIONS = 200;
const LONGEST_WORDS = 100;
const MOST_WORDS = 8;

export const personAddress = (id: string, more = "") => `${PEOPLE}/${id}${more}`;

/** Everybody, by name and page by page. */
export async function showPeople(c: AppContext, needs: AccountNeeds): Promise<Response> {
  const { role, before, after } = PeopleQuery.parse(c.req.query());
  const found = await needs.db.read(async (reader) => {
    const start = before ?? after;
    const place = start === undefined ? undefined : await findPerson(reader, start);
    return listPeople(
      reader,
      { words: [], role },
      {
        from: place && { name: place.searchName, id: place.id },
        backwards: before !== undefined,
        most: ROWS_A_PAGE + 1,
      },
    );
  });
  const { rows, previous, next } = pageOf(found, { role, before, after });
  return answerPeople(c, needs, { rows, words: "", role, previous, next });
}

/** Who is called so: one page of them, and whoever is not among those is looked for by more of the name. */
export async function receiveSearch(c: AppContext, needs: AccountNeeds): Promise<Response> {
  const fields = await readFields(c);
  const words = (fields.get("words")?.[0] ?? "").slice(0, LONGEST_WORDS);
  const { role } = PeopleQuery.parse({ role: fields.get("role")?.[0] });
  const parts = searchForm(words).split(" ").filter(Boolean).slice(0, MOST_WORDS);
  const all = { from: undefined, backwards: false, most: ROWS_A_PAGE + 1 };
  const found = await needs.db.read((reader) => listPeople(reader, { words: parts, role }, all));
  const more = found.length > ROWS_A_PAGE;
  return answerPeople(c, needs, { rows: found.slice(0, ROWS_A_PAGE), words, role, more });
}

interface Shown {
  readonly rows: readonly ListedPerson[];
  readonly words: string;
  readonly role: string | undefined;
  readonly previous?: string | undefined;
  readonly next?: string | undefined;
  /** There are others of that name. */
  readonly more?: boolean;
}

async function answerPeople(c: AppContext, { db, now }: AccountNeeds, shown: Shown): Promise<Response> {
  const ui = c.get("ui");
  const { t } = ui;
  const { words, role, previous, next, more = false } = shown;
  const first = words === "" && role === undefined && previous === undefined;
  const invitations = first
    ? await db.read((reader) => listInvitations(reader, { deskIds: undefined, most: MOST_INVITATIONS }))
    : [];
  const props = {
    words,
    role: role ?? "",
    roles: ROLE_NAMES.map((each) => ({ value: each, label: sayRole(ui, each) })),
    rows: shown.rows.map(({ id, name, email, role: theirs, signedInAt }) => ({
      ...{ name, email, role: sayRole(ui, theirs), path: personAddress(id) },
      signedIn: signedInAt === null ? t("team.neverSignedIn") : ui.moment(signedInAt),
    })),
    filtered: words !== "" || role !== undefined,
    more,
    invitations: invitations.map((each) => shownInvitation(ui, each, now())),
    rowsAPage: ROWS_A_PAGE,
    previous,
    next,
  };
  return page(c, peoplePage, props, { title: t("people.title"), layout: "staff" });
}

interface Paged {
  readonly role: string | undefined;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

function pageOf(found: readonly ListedPerson[], query: Paged) {
  const { before, after } = query;
  const more = found.length > ROWS_A_PAGE;
  // Read backwards, what is too much stands in front.
  const rows = before === undefined ? found.slice(0, ROWS_A_PAGE) : found.slice(-ROWS_A_PAGE);
  const [first, last] = [rows[0], rows.at(-1)];
  const goesBack = before === undefined ? after !== undefined : more;
  const goesOn = before === undefined ? more : true;
  return {
    rows,
    previous: goesBack && first ? listAddress(query, "before", first.id) : undefined,
    next: goesOn && last ? listAddress(query, "after", last.id) : undefined,
  };
}

function listAddress({ role }: Paged, name: "before" | "after", id: string): string {
  return `${PEOPLE}?${new URLSearchParams({ ...(role ? { role } : {}), [name]: id })}`;
}
