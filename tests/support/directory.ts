import { insertDeskMember, prepareAccount, storeAccount } from "#accounts/index.ts";
import { insertDesk, insertInstitution } from "#institutions/index.ts";
import type { Platform } from "#platform/platform.ts";
import { NOON, OPERATOR, openTestApp, PASSWORD, type TestApp } from "./app.ts";
import { newVisitor, type Visitor } from "./browser.ts";
import { signInAs, unpaced } from "./journey.ts";

export const DAY = 86_400_000;

export interface DirectoryApp extends TestApp {
  readonly admin: Visitor;
  readonly triage: Visitor;
  /** Works at the desk of the school in Niš. */
  readonly member: Visitor;
  /** Works at the desk of the school administration, which supervises both schools. */
  readonly supervisor: Visitor;
}

/** The service with a few institutions, and somebody signed in of each role that meets the directory. */
export async function openDirectoryApp(): Promise<DirectoryApp> {
  const app = await openTestApp(unpaced());
  await insertFewInstitutions(app.platform);
  const places = { admin: undefined, member: "desk-nis", supervisor: "desk-administration" } as const;
  const people = {
    admin: await signInNew(app, "admin", places.admin),
    member: await signInNew(app, "member", places.member),
    supervisor: await signInNew(app, "supervisor", places.supervisor),
  };
  const triage = newVisitor(app);
  await signInAs(triage, OPERATOR);
  return { ...app, ...people, triage };
}

/** Makes an account of a role, admits it to a desk, and signs it in. */
async function signInNew(
  app: TestApp,
  role: "admin" | "member" | "supervisor",
  deskId: string | undefined,
): Promise<Visitor> {
  const email = `${role}@directory.test`;
  const account = await prepareAccount(app.platform, {
    ...{ email, role, name: `Nada ${role}`, language: "en", password: PASSWORD },
  });
  await app.platform.db.write(async (tx) => {
    await storeAccount(tx, account);
    if (deskId) await insertDeskMember(tx, { deskId, personId: account.row.id, admittedAt: NOON });
  });
  const visitor = newVisitor(app);
  await visitor.post("/staff/session", { email, password: PASSWORD });
  return visitor;
}

const SOME = [
  { id: "school-nis", type: "primary_school", sr: "ОШ „Пример“ Ниш", territory: "rs-medijana", desk: "desk-nis" },
  { id: "school-zemun", type: "primary_school", sr: "ОШ „Цвет“ Земун", territory: "rs-zemun", desk: "desk-zemun" },
  {
    ...{ id: "administration", type: "school_admin", sr: "Школска управа", territory: "rs-medijana" },
    desk: "desk-administration",
  },
] as const;

async function insertFewInstitutions({ db }: Platform): Promise<void> {
  await db.write(async (tx) => {
    for (const { id, type, sr, territory, desk } of SOME) {
      const supervisorId = type === "school_admin" ? null : "administration";
      await insertInstitution(tx, {
        ...{ id, identifier: id, type, territory, supervisorId },
        ...{ name: { sr, en: `${id} in English` }, activeFrom: NOON - 100 * DAY, activeTo: null },
      });
      const name = { sr: "Тим за заштиту", en: "Protection team" };
      await insertDesk(tx, { id: desk, institutionId: id, kind: type, name, fallbackId: null });
    }
  });
}

/** Puts many schools of one town into the directory, whose names follow each other. */
export async function insertManySchools({ db }: Platform, count: number): Promise<void> {
  await db.write(async (tx) => {
    for (let at = 0; at < count; at++) {
      // Every third has the name of its neighbour: only the id tells them apart.
      const name = { sr: `Много школа ${String(at - (at % 3)).padStart(4, "0")}`, en: "Many" };
      const id = `many-${String(at).padStart(4, "0")}`;
      await insertInstitution(tx, {
        ...{ id, identifier: id, name, type: "secondary_school", territory: "rs-novi-beograd" },
        ...{ activeFrom: NOON, activeTo: null },
      });
    }
  });
}

/** The paths of the institutions that a page of the registry lists, in its order. */
export function listedOn({ text }: { readonly text: string }): string[] {
  return [...text.matchAll(/<a href="\/staff\/institutions\/([\w-]+)"><b/g)].map(([, id = ""]) => id);
}
