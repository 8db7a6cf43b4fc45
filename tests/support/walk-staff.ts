import { PASSWORD } from "./app.ts";
import { numbersOn } from "./journey.ts";
import { NAME } from "./walk-people.ts";
import { SECRET, type Walk, type Walker } from "./walker.ts";

/** Works at the triage desk: signing in, the lists, cases, what two people do at once, and the first set-up. */
export async function walkStaff(walk: Walk): Promise<void> {
  const { lang, world, newWalker } = walk;
  const operator = newWalker();
  const [account = { email: "", password: "" }] = world.facts.accounts;
  const { email, password } = account;
  await operator.open("staff-sign-in", "/staff");
  await operator.send("staff-sign-in-error", "/staff/session", { email: "", password: "" });
  await operator.send("staff-sign-in-refused", "/staff/session", { email, password: "wrong" });
  await operator.visitor.post("/staff/session", { email, password });
  await operator.visitor.post("/staff/account/language", { language: lang });
  await operator.open("staff-account", "/staff/account");
  await operator.open("staff-deadlines-own", "/staff/deadlines");
  await operator.open("staff-inbox-empty", "/staff/cases?status=closed&form=sexual");
  await operator.open("staff-missing", "/staff/cases/2026-000000");
  const shelf = await operator.open("staff-shelf", "/staff/cases?shelf=likely_spam");
  await operator.open("staff-shelf-case", `/staff/cases/${numbersOn(shelf)[0]}`);
  const numbers = numbersOn(await operator.open("staff-inbox", "/staff/cases"));
  const shown = [];
  for (const [at, number] of numbers.slice(0, 6).entries()) {
    shown.push((await operator.open(`staff-case-${at}`, `/staff/cases/${number}`)).text);
  }
  await walkExtension(operator, shown.join(""));
  const path = `/staff/cases/${numbers.at(-1)}`;
  for (const form of ["messages", "notes", "assessment"]) {
    await operator.send(`staff-case-${form}-error`, `${path}/${form}`, { based: "" });
  }
  await operator.send("staff-changed", `${path}/urgency`, { urgency: "p3", version: "0" });
  await operator.visitor.post(`${path}/assessment`, { assessment: SECRET, based: "" });
  await operator.send("staff-conflict", `${path}/assessment`, { assessment: `${SECRET}!`, based: "" });
  await walkExclusions(operator, `${path}/exclusions`);
  await newWalker().send("staff-session-over", `${path}/notes`, { note: SECRET });
  await walkSetUp(walk);
}

/** More time for the first deadline that may have some, and for one that may not. */
async function walkExtension(operator: Walker, cases: string): Promise<void> {
  const [, link = ""] = /href="(\/staff\/cases\/[\d-]+\/deadlines\/[0-9a-f]{32})"/.exec(cases) ?? [];
  await operator.open("staff-extension", link);
  await operator.send("staff-extension-error", link, { reason: " " });
  await operator.send("staff-extension-over", link.replace(/\w+$/, "0".repeat(32)), { days: "1", reason: SECRET });
}

async function walkExclusions(operator: Walker, path: string): Promise<void> {
  await operator.open("staff-exclusions", path);
  await operator.send("staff-exclusions-error", path, { words: "qqqqqq" });
  const found = await operator.send("staff-exclusions-found", `${path}/find`, { words: "primer" });
  const [, whom = ""] = /value="(institution:[^"]+)"/.exec(found.text) ?? [];
  await operator.visitor.post(path, { whom });
  await operator.open("staff-exclusions-kept", path);
}

async function walkSetUp(walk: Walk): Promise<void> {
  const { lang, world, newWalker } = walk;
  const { app, plain, setup = "" } = world.empty.get(lang) ?? {};
  const first = newWalker(app);
  await first.open("staff-setup", setup);
  await first.open("staff-setup-country", `${setup}?size=country`);
  await first.open("staff-setup-school", `${setup}?size=school`);
  await first.send("staff-setup-error", setup, { size: "school", name: "", language: lang });
  await first.send("staff-setup-done", setup, {
    ...{ size: "school", operator: SECRET, type: "primary_school", territory: "rs-nis", stage: "3" },
    ...{ name: NAME, email: "first@desk.test", password: PASSWORD, language: lang, offered: ["sr", "sr-Latn", "en"] },
  });
  await first.visitor.post("/staff/session", { email: "first@desk.test", password: PASSWORD });
  await first.open("staff-start", "/staff/start");
  await first.send("staff-start-key", "/staff/start", {});
  await first.open("staff-start-made", "/staff/start");
  await first.send("staff-start-languages-error", "/staff/start/languages", {});
  if (plain) await first.at(plain).open("staff-plain-closed", "/staff/audit");
  await walkOwnSchool(walk);
}

/** Plain line and a school's own service, where an employee harms. */
async function walkOwnSchool({ lang, world, newWalker }: Walk): Promise<void> {
  const { plain, app } = world.empty.get(lang) ?? {};
  await newWalker(app).open("report-outside", `/${lang}/report/a`);
  await newWalker(plain).open("report-plain", `/${lang}/report`);
  await newWalker(plain).open("staff-plain", "/staff");
}
