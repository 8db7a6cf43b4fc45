import { insertInvitation } from "#accounts/invitation-store.ts";
import { loadPages } from "#library/index.ts";
import { digest, randomToken } from "#platform/crypto/derive.ts";
import { insertBareCases } from "../casework/rows.ts";
import { NOON, OPERATOR, type TestApp } from "./app.ts";
import { newVisitor } from "./browser.ts";
import { insertBarePerson } from "./fill-directory.ts";
import { numbersOn, sendShortReport, signInAs } from "./journey.ts";

/** Nobody's, one's own, another's, or one's own in a conflict of interest: of the person, or of where they work. */
export type Standing = "plain" | "own" | "other" | "conflict" | "conflictOfHouse";

interface Asked {
  readonly standing: Standing;
  /** Who will ask. */
  readonly viewerId: string;
  /** The desk at which that person works. */
  readonly ownDesk: string;
}

/** Things that addresses name, made anew for each request, since some requests end them. */
export interface Targets {
  /** The address of a route for something that stands to the viewer as asked. */
  addressOf(path: string, asked: Asked): Promise<string>;
  /** Lets somebody in at the triage desk as a colleague does. */
  admit(personId: string): Promise<void>;
}

/** A case of the other desk, without any sealed text. */
const BARE = "2026-900001";

export async function newTargets(test: TestApp): Promise<Targets> {
  const { raw } = test.database;
  await loadPages(test.platform, test.country);
  const operator = newVisitor(test);
  await signInAs(operator);
  const [number = ""] = numbersOn(await operator.get("/staff/cases"));
  await sendShortReport(newVisitor(test));
  const about = numbersOn(await operator.get("/staff/cases")).find((each) => each !== number) ?? "";
  await insertBareCases(test.platform.db, [{ number: BARE, receivedAt: NOON, deskId: "desk-other" }]);
  const [{ recipient, id: operatorId } = {}] = await raw(
    `select id, recipient from person where email = '${OPERATOR}'`,
  );

  const newPerson = async () => {
    const id = randomToken();
    await test.platform.db.write((tx) => insertBarePerson(tx, id));
    await raw(`update person set recipient = '${recipient}' where id = '${id}'`);
    return id;
  };
  const otherDesk = (own: string) => (own === "desk-triage" ? "desk-other" : "desk-triage");

  async function caseOf({ standing, viewerId, ownDesk }: Asked): Promise<string> {
    if (standing === "other") return BARE;
    if (standing === "own") return number;
    await raw("delete from case_exclusion");
    const [column, whom] =
      standing === "conflict"
        ? ["person_id", viewerId]
        : ["institution_id", ownDesk === "desk-triage" ? "inst-triage" : "inst-other"];
    await raw(
      `insert into case_exclusion (id, case_id, ${column}, declared_at, declared_by)
       select '${randomToken()}', id, '${whom}', 1, 'x' from case_file where number = '${about}'`,
    );
    return about;
  }

  /** A case that the viewer was let into: by its desk where the viewer may ask, and by a bare row for everybody else. */
  async function grantedCaseOf(asked: Asked): Promise<string> {
    await raw("update institution set supervisor_id = 'inst-other' where id = 'inst-triage'");
    await raw("delete from case_exclusion");
    await raw("update case_access set ended_at = 1 where ended_at is null");
    await raw("delete from holder where kind = 'person'");
    const [of, id] = [
      await caseOf({ ...asked, standing: asked.standing === "other" ? "other" : "own" }),
      randomToken(),
    ];
    const granted = asked.standing === "conflict" || asked.standing === "conflictOfHouse" ? about : of;
    await raw("delete from case_exclusion");
    await raw(
      `insert into case_access (id, case_id, person_id, entry_id, asked_at)
       select '${id}', f.id, '${asked.viewerId}', e.id, 1 from case_file f
       join entry e on e.kind = 'report' where f.number = '${granted}' limit 1`,
    );
    await operator.post(`/staff/cases/${granted}/access/${id}/grant`, { days: "7" });
    await raw(
      `update case_access set decided_at = 1, decided_by = 'x', granted = true, ends_at = ${NOON * 2}
       where id = '${id}' and decided_at is null`,
    );
    return granted === of ? of : caseOf(asked);
  }

  /** A supervisor's request that waits, or that was granted where the address takes that back; its words are the report's. */
  async function requestOf(path: string): Promise<string> {
    const [id, personId] = [randomToken(), await newPerson()];
    const decided = path.endsWith("/end") ? `1, 'x', true, ${NOON * 2}` : "null, null, null, null";
    // What waits is shown on the case's page, and few ever do.
    await raw("update case_access set ended_at = 1 where ended_at is null");
    await raw(
      `insert into case_access (id, case_id, person_id, entry_id, asked_at, decided_at, decided_by, granted, ends_at)
       select '${id}', f.id, '${personId}', e.id, 1, ${decided} from case_file f
       join entry e on e.case_id = f.id and e.kind = 'report' where f.number = '${number}'`,
    );
    return id;
  }

  /** A missed deadline of a body below, which the desk above has to look at. */
  async function reviewOf(asked: Asked): Promise<string> {
    const id = digest(randomToken()).slice(0, 32);
    const of = asked.standing === "other" ? number : await caseOf(asked);
    const desk = asked.standing === "other" ? otherDesk(asked.ownDesk) : asked.ownDesk;
    await raw(
      `insert into deadline (id, case_id, rule_id, rule_version, duty, desk_id, institution_id, started_at, first_due_at, due_at)
       select '${id}', f.id, 'x', 1, 'review', d.id, d.institution_id, 1, ${NOON}, ${NOON}
       from case_file f join desk d on d.id = '${desk}' where f.number = '${of}'`,
    );
    return id;
  }

  async function invitationOf(deskId: string): Promise<string> {
    const id = randomToken();
    const person = { personId: null, email: `${id}@new.test`, name: "Nova", role: "member", language: "en" };
    const times = { createdAt: NOON, expiresAt: NOON + 86_400_000, usedAt: null, revokedAt: null };
    const row = {
      id,
      version: 1,
      kind: "new",
      ...person,
      deskId,
      leads: false,
      invitedBy: String(operatorId),
      ...times,
    };
    await test.platform.db.write((tx) => insertInvitation(tx, row));
    return id;
  }

  /** The institution of the other desk, with something of each kind that hangs on one. */
  async function partOfDirectory(path: string): Promise<string> {
    const id = randomToken();
    const made: Readonly<Record<string, string>> = {
      contact: `insert into contact_person (id, institution_id, role, name) values ('${id}', 'inst-other', 'x', 'x')`,
      desk: `insert into desk (id, institution_id, kind, name) select '${id}', 'inst-other', 'csw', name from desk where id = 'desk-other'`,
      absence: `insert into absence (id, institution_id, from_at, to_at) values ('${id}', 'inst-other', ${NOON}, ${NOON + 1})`,
      opening: `insert into opening (id, territory, stage, from_at) values ('${id}', 'country', 3, ${NOON * 2})`,
    };
    const kind = /:(contact|desk|absence)\b/.exec(path)?.[1] ?? "opening";
    await raw(made[kind] ?? "");
    return id;
  }

  async function importOf(viewerId: string): Promise<string> {
    const id = randomToken();
    const content = test.database.db.engine === "postgres" ? "'\\x61'" : "x'61'";
    await raw(
      `insert into import_file (id, person_id, content, at) values ('${id}', '${viewerId}', ${content}, ${NOON})`,
    );
    return id;
  }

  async function named(name: string, path: string, asked: Asked): Promise<string> {
    const desk = asked.standing === "other" ? otherDesk(asked.ownDesk) : asked.ownDesk;
    if (path.startsWith("/staff/library/")) return "7";
    if (name === "number") return path.startsWith("/staff/access/") ? grantedCaseOf(asked) : caseOf(asked);
    if (name === "form") return "notes";
    if (name === "decision") return "grant";
    if (name === "deadline") return reviewOf(asked);
    if (path.includes("/access/:id")) return requestOf(path);
    if (name === "token" || name === "session")
      return name === "token" ? `${"x".repeat(22)}.${"y".repeat(32)}` : "0".repeat(16);
    if (path.startsWith("/staff/people/")) return newPerson();
    if (path.startsWith("/staff/invitations/")) return invitationOf(desk);
    if (path.startsWith("/staff/cases/")) return randomToken();
    if (path.startsWith("/staff/institutions/import/")) return importOf(asked.viewerId);
    if (path.startsWith("/staff/institutions/") && name === "id") return "inst-other";
    if (!path.startsWith("/staff/team/")) return partOfDirectory(path);
    if (name === "desk") return desk;
    const personId = await newPerson();
    await raw(
      `insert into desk_member (desk_id, person_id, admitted_at, leads) values ('${desk}', '${personId}', null, false)`,
    );
    return personId;
  }

  return {
    async addressOf(path, asked) {
      let address = path;
      for (const [part = "", name = ""] of path.matchAll(/:(\w+)(?:\{(?:[^{}]|\{[^}]*\})*\})?/g)) {
        address = address.replace(part, await named(name, path, asked));
      }
      return address;
    },
    async admit(personId) {
      await raw(
        `insert into desk_member (desk_id, person_id, admitted_at, leads) values ('desk-triage', '${personId}', null, false)`,
      );
      await operator.post(`/staff/team/desk-triage/${personId}/admit`, {});
    },
  };
}
