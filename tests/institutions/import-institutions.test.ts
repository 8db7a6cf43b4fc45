import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadCountry } from "#country/index.ts";
import { importInstitutions } from "#institutions/import-institutions.ts";
import { listKept } from "#institutions/kept-store.ts";
import { insertDesk, insertInstitution, searchInstitutions } from "#institutions/store.ts";
import { openTestDatabase, type TestDatabase } from "../support/database.ts";
import { fileOf, type InventedLine, manyInstitutions } from "../support/many-institutions.ts";

const country = loadCountry("RS");
const AT = Date.parse("2026-11-22T11:00:00Z");
const BY = { kind: "person", id: "admin" } as const;

let test: TestDatabase;
beforeEach(async () => {
  test = await openTestDatabase();
});
afterEach(() => test.close());

interface More {
  readonly mark?: string;
  readonly rightLinesOnly?: boolean;
}
const bring = (file: string | Uint8Array, { mark, rightLinesOnly = false }: More = {}) =>
  importInstitutions(test.db, country, typeof file === "string" ? Buffer.from(file) : file, {
    ...{ by: BY, at: AT, importId: "import-1", mark, rightLinesOnly },
  });
const count = async (table: string) => Number((await test.raw(`select count(*) as n from ${table}`))[0]?.n);
const audited = () =>
  test.raw("select action, subject_kind, detail from audit_entry order by action, subject_kind, detail");
/** PostgreSQL gives its whole numbers as text. */
const NUMBERS = ["active_from", "active_to", "version"];
const rows = async (columns: string) =>
  (await test.raw(`select ${columns} from institution order by identifier`)).map((row): Record<string, unknown> => {
    const pairs = Object.entries(row).map(([name, value]) => [
      name,
      NUMBERS.includes(name) && value ? Number(value) : value,
    ]);
    return Object.fromEntries(pairs);
  });

/** Counts how often the event loop went round: a request that waited would have been served each time. */
function countTurns() {
  let [turns, over] = [0, false];
  const next = () => {
    turns += 1;
    if (!over) setImmediate(next);
  };
  setImmediate(next);
  const count = () => {
    over = true;
    return turns;
  };
  return { count };
}

const HEAD = "id;type;name;municipality";

describe("a directory of 3,000 institutions", () => {
  const lines = manyInstitutions(country);

  it("is invented with every municipality, every type but the triage team, and ties for all", () => {
    const places = country.territories.filter(({ kind }) => kind === "municipality");
    const types = country.codeLists.institution_type.map(({ code }) => code).filter((code) => code !== "triage");
    const seen = (name: keyof InventedLine) => new Set(lines.map((line) => line[name])).size;
    expect([lines.length, seen("identifier"), seen("municipality")]).toEqual([3000, 3000, places.length]);
    expect([...new Set(lines.map(({ type }) => type))].sort()).toEqual([...types].sort());
    const loose = lines.filter(({ supervisor, fallback }) => !supervisor || !fallback);
    expect(loose.map(({ identifier }) => identifier)).toEqual(["equality"]);
    expect(manyInstitutions(country)).toEqual(lines);
  });

  it("is imported in seconds, and importing it again changes and writes nothing", async () => {
    const file = fileOf(lines);
    const began = performance.now();
    const turns = countTurns();
    expect(await bring(file)).toMatchObject({ outcome: "applied", plan: { faults: [], rewritten: [] } });
    // Requests got in between fifty institutions and the next, and while it was planned.
    expect(turns.count()).toBeGreaterThan(3000 / 50 + 20);
    expect(performance.now() - began).toBeLessThan(20_000);
    expect([await count("institution"), await count("desk"), await count("contact_person")]).toEqual([
      3000, 3000, 1000,
    ]);
    expect(await count("audit_entry")).toBe(3001);
    const before = await test.raw("select * from institution order by id");
    expect(before.filter((row) => row.supervisor_id === null || row.fallback_id === null)).toHaveLength(1);
    const planning = countTurns();
    expect(await bring(file)).toMatchObject({ outcome: "nothing", plan: { same: 3000, notNamed: 0 } });
    expect(planning.count()).toBeGreaterThan(20);
    expect(await test.raw("select * from institution order by id")).toEqual(before);
    expect(await count("audit_entry")).toBe(3001);
    const kept = await listKept(test.db, country);
    const csw = lines.find(({ type }) => type === "csw");
    const { entry } = kept.find((each) => each.entry.identifier === csw?.identifier) ?? {};
    expect(entry).toMatchObject({ supervisor: csw?.supervisor, fallback: csw?.fallback, activeFrom: "2026-01-01" });
  }, 60_000);
});

describe("an import", () => {
  it("adds institutions with their areas, desks and people, and is audited for each of them", async () => {
    const file = `${HEAD};covers;desk;contact_name;contact_phone;active_from;parent
s-1;primary_school;Школа;Земун;;;;;2026-09-01;a-1
a-1;school_admin;Управа;Земун;rs-grad-beograd;Прва служба;Ана;+381 11 1;;`;
    expect(await bring(file)).toMatchObject({ outcome: "applied" });
    const [admin, school] = await rows("id, active_from, parent_id, search_name, version");
    // A day begins at midnight in Belgrade, which is 22:00 UTC in summer.
    expect(school).toMatchObject({ active_from: Date.parse("2026-08-31T22:00:00Z"), parent_id: admin?.id, version: 1 });
    expect(admin).toMatchObject({ active_from: AT, search_name: "uprava uprava" });
    const areas = await test.raw("select territory from institution_area order by territory");
    expect(areas.map(({ territory }) => territory)).toEqual(["rs-grad-beograd", "rs-zemun", "rs-zemun"]);
    const desks = await test.raw("select kind, name from desk order by kind");
    expect(desks.map(({ kind, name }) => [kind, typeof name === "string" ? JSON.parse(name) : name])).toEqual([
      ["primary_school", { sr: "Тим за заштиту од насиља", en: "Team for protection from violence" }],
      ["school_admin", { sr: "Прва служба", en: "Prva služba" }],
    ]);
    expect(await test.raw("select role, name, phone from contact_person")).toEqual([
      { role: "", name: "Ана", phone: "+381 11 1" },
    ]);
    expect((await audited()).map(({ action, detail }) => [action, JSON.parse(String(detail))])).toEqual([
      ["directory.imported", { added: 2, changed: 0, leftOut: 0 }],
      ["institution.added", { import: "import-1" }],
      ["institution.added", { import: "import-1" }],
    ]);
    const found = await test.db.read((reader) =>
      searchInstitutions(reader, { words: "skola", territory: undefined, types: ["primary_school"] }),
    );
    expect(found).toHaveLength(1);
  });

  it("changes what the file says anew and nothing beside it", async () => {
    await bring(`${HEAD};phone;address\na;csw;Центар;Земун;011 222;Улица 1\nb;csw;Други;Земун;;`);
    const more = `${HEAD};phone;address;covers;desk;contact_name;contact_role;active_to;fallback`;
    await bring(`${more}\na;police;Centar;Чачак;011 333;;Земун;Nova služba;Ана;психолог;2027-01-01;b`);
    const [a, b] = await rows("type, territory, phone, address, active_to, fallback_id, version, id");
    expect(a).toMatchObject({
      type: "police",
      territory: "rs-cacak",
      phone: "011 333",
      address: "Улица 1",
      version: 2,
    });
    expect(a).toMatchObject({ active_to: Date.parse("2026-12-31T23:00:00Z"), fallback_id: b?.id });
    expect(b).toMatchObject({ version: 1 });
    const areas = await test.raw(`select territory from institution_area where institution_id = '${a?.id}' order by 1`);
    expect(areas).toEqual([{ territory: "rs-cacak" }, { territory: "rs-zemun" }]);
    const desks = await test.raw(`select kind, name from desk where institution_id = '${a?.id}'`);
    expect(JSON.stringify(desks)).toMatch(/police.*Нова служба/);
    const [last] = (await audited()).filter(({ action }) => action === "institution.changed");
    expect(JSON.parse(String(last?.detail))).toEqual({
      ...{ import: "import-1", fields: "type territory covers phone fallback activeTo desk contact" },
    });
    await bring(`${HEAD};contact_name;contact_role\na;police;Centar;Чачак;Мира;педагог`);
    expect(await test.raw("select role, name from contact_person")).toEqual([{ role: "педагог", name: "Мира" }]);
  });

  it("gives a desk to an institution that had none, and adds a person beside several", async () => {
    await test.db.write(async (tx) => {
      const row = { identifier: "a", type: "csw", name: { sr: "Центар", en: "Centar" }, territory: "rs-zemun" };
      await insertInstitution(tx, { ...row, id: "i-a", activeFrom: AT, activeTo: null });
    });
    for (const name of ["Ана", "Мира"]) {
      await test.raw(`insert into contact_person values ('${name}', 'i-a', 'психолог', '${name}', null)`);
    }
    await bring(`${HEAD};desk;contact_name;contact_role\na;csw;Центар;Земун;Служба;Вера;педагог`);
    expect(await test.raw("select institution_id, kind from desk")).toEqual([{ institution_id: "i-a", kind: "csw" }]);
    expect(await test.raw("select name from contact_person order by name")).toEqual(
      ["Ана", "Вера", "Мира"].map((name) => ({ name })),
    );
  });

  it("writes nothing while a line is wrong, unless the right ones are asked for", async () => {
    const file = `${HEAD};supervisor\na;csw;Центар;Земун;\nb;nothing;Центар;Земун;\nc;csw;Центар;Земун;b`;
    expect(await bring(file)).toMatchObject({ outcome: "wrong" });
    expect([await count("institution"), await count("audit_entry")]).toEqual([0, 0]);
    expect(await bring(file, { rightLinesOnly: true })).toMatchObject({ outcome: "applied" });
    expect(await rows("identifier")).toEqual([{ identifier: "a" }]);
    const [imported] = await audited();
    expect(JSON.parse(String(imported?.detail))).toEqual({ added: 1, changed: 0, leftOut: 2 });
  });

  it("does only what was looked at", async () => {
    const file = `${HEAD};phone\na;csw;Центар;Земун;011 222`;
    const looked = await bring(file, { mark: "another" });
    expect(looked).toMatchObject({ outcome: "differs" });
    const mark = looked.outcome === "unreadable" ? "" : looked.plan.mark;
    await bring(file.replace("222", "333"));
    expect(await bring(file, { mark })).toMatchObject({
      outcome: "differs",
      plan: { changed: [{ changes: [{ field: "phone" }] }] },
    });
    expect(await rows("phone")).toEqual([{ phone: "011 333" }]);
  });

  it("begins anew where somebody changes a person, a desk or an institution behind its back", async () => {
    await bring(`${HEAD};desk;contact_name;contact_role\na;csw;Центар;Земун;Служба;Ана;психолог`);
    const file = `${HEAD};phone;desk;contact_name;contact_role\na;csw;Центар;Земун;011 222;Служба;Ана;психолог`;
    const order = { ...{ by: BY, at: AT, importId: "import-2", rightLinesOnly: false }, mark: undefined };
    for (const change of [
      "update contact_person set role = 'педагог'",
      `update desk set name = '{"sr":"Друга","en":"Druga"}'`,
      "update institution set phone = '011 444', version = version + 1",
    ]) {
      let tries = 0;
      const write: typeof test.db.write = async (work, options) => {
        // Whoever comes first is not held up by the planning.
        if (tries++ === 0) await test.raw(change);
        return test.db.write(work, options);
      };
      const done = await importInstitutions({ read: test.db.read, write }, country, Buffer.from(file), order);
      expect([done.outcome, tries], change).toEqual(["applied", 2]);
      expect(await rows("phone")).toEqual([{ phone: "011 222" }]);
      expect(await test.raw("select role from contact_person")).toEqual([{ role: "психолог" }]);
      expect(JSON.stringify(await test.raw("select name from desk"))).toContain("Служба");
      await test.raw("update institution set phone = null, version = version + 1");
    }
  });

  it("leaves the triage team as it is, and says what kind of file it cannot read", async () => {
    await test.db.write(async (tx) => {
      const row = { identifier: "t", type: "triage", name: { sr: "Тим", en: "Team" }, territory: "rs-zemun" };
      await insertInstitution(tx, { ...row, id: "t", activeFrom: AT, activeTo: null });
      await insertDesk(tx, { id: "d", institutionId: "t", kind: "triage", name: row.name, fallbackId: null });
    });
    const right = { rightLinesOnly: true };
    expect(await bring(`${HEAD}\nt;csw;Тим;Земун\nx;triage;Тим;Земун`, right)).toMatchObject({ outcome: "nothing" });
    expect(await bring(`${HEAD};active_to\nt;triage;Тим;Земун;2027-01-01`, right)).toMatchObject({
      outcome: "nothing",
    });
    expect(await bring(`${HEAD};phone\nt;triage;Тим;Земун;19833`)).toMatchObject({ outcome: "applied" });
    expect(await rows("identifier, type, phone, active_to")).toEqual([
      { identifier: "t", type: "triage", phone: "19833", active_to: null },
    ]);
    expect(await bring("PK")).toMatchObject({ outcome: "unreadable", fault: { kind: "noColumns" } });
  });
});
