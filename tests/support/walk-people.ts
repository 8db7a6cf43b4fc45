import { recoveryCodeOn } from "./account.ts";
import { PASSWORD } from "./app.ts";
import { authenticatorFrom } from "./authenticator.ts";
import { fieldsOn } from "./fields-on.ts";
import { hiddenIn } from "./journey.ts";
import { type Walk, type Walker, walkingAs } from "./walker.ts";

const FACTOR = "/staff/second-factor";
const TEAM = "/staff/team/demo-triage-desk";

/** Of nobody, and known to whoever looks at the language of pages. */
export const NAME = "Измишљено Име";
/** One demonstration may be walked several times, and an e-mail has one account. */
let walks = 0;

/** Looks after accounts: inviting, making one, letting somebody in, losing a phone and a password, and leaving. */
export async function walkPeople(walk: Walk): Promise<void> {
  const { lang } = walk;
  const admin = await walkingAs(walk, "admin");
  await admin.open("people", "/staff/people");
  await admin.send("people-none", "/staff/people", { words: "qqqqqq", role: "" });
  await admin.open("audit", "/staff/audit");
  await admin.open("audit-none", "/staff/audit?action=opening.removed&from=1.%201.%202090.");
  await admin.open("audit-error", "/staff/audit?from=x");
  await admin.open("staff-library", "/staff/library");
  await admin.send("staff-library-error", "/staff/library", {});
  await admin.open("staff-library-page", "/staff/library/8?in=en");
  await admin.open("invite", "/staff/people/invite");
  await admin.send("invite-error", "/staff/people/invite", { name: "", email: "no" });
  await admin.open("team", TEAM);
  await admin.open("team-invite", `${TEAM}/invite`);
  const email = `new-${lang.toLowerCase()}-${++walks}@walk.test`;
  const fields = { name: NAME, email, role: "triage", language: lang, leads: "yes" };
  const made = await admin.send("invitation", `${TEAM}/invite`, fields);
  const link = /<p class="address"[^>]*>[a-z]+:\/\/[^/]+([^<]+)</.exec(made.text)?.[1] ?? "";
  const person = await walkAccept(walk, link, email);
  await admin.open("invitation-used", made.path);
  await admin.open("team-waiting", TEAM);
  await walkFallback(walk, admin);
  await walkRemoval(walk, admin, email);
  await walkFormer(walk, admin, email);
  await walkLost(walk, person.email);
}

/** Another fallback desk is proposed and refused, so that the next walk may propose it again. */
async function walkFallback(walk: Walk, admin: Walker): Promise<void> {
  const desk = "/staff/institutions/demo-triage/desks/demo-triage-desk";
  const fields = fieldsOn(await admin.open("staff-desk-triage", desk));
  await admin.visitor.post(desk, { ...fields, standIn: "demo-os-primer" });
  await admin.open("staff-desk-proposed", desk);
  await admin.open("staff-institution-proposed", "/staff/institutions/demo-triage");
  await admin.open("team-proposed", TEAM);
  const operator = await walkingAs(walk, "triage", 1);
  await operator.open("team-decide", TEAM);
  await operator.send("team-decide-changed", `${TEAM}/fallback`, { fallback: "another-desk", decision: "confirm" });
  const fallback = hiddenIn(await operator.visitor.get(TEAM), "fallback", "/fallback");
  await operator.send("team-refused", `${TEAM}/fallback`, { fallback, decision: "refuse" });
}

async function walkAccept({ lang, newWalker }: Walk, link: string, email: string): Promise<{ readonly email: string }> {
  const invited = newWalker();
  await invited.open("invited", link);
  await invited.send("invited-error", link, { name: "", password: "short", language: lang });
  await invited.send("invited-done", link, { name: NAME, password: PASSWORD, language: lang });
  await invited.open("invited-used", link);
  await invited.visitor.post("/staff/session", { email, password: PASSWORD });
  await invited.open("team-none", "/staff/team");
  await invited.send("account-error", "/staff/account/password", { password: "", newPassword: "qwerty123456" });
  await invited.send("account-recovery-code", "/staff/account/recovery-code", {});
  await invited.open("account-factor", `${FACTOR}/new`);
  return { email };
}

/** Whoever waits is not let in here: the pages that ask before somebody goes are looked at, and nothing happens. */
async function walkRemoval({ world }: Walk, admin: Walker, email: string): Promise<void> {
  const people = await admin.send("people-found", "/staff/people", { words: email, role: "" });
  const [, path = ""] = /<a href="(\/staff\/people\/[\w-]{22})"/.exec(people.text) ?? [];
  await admin.open("person", path);
  await admin.open("person-close", `${path}/close`);
  await admin.open("team-remove", `${TEAM}/${path.slice(-22)}/remove`);
  const alone = await admin.open("desk-of-one", "/staff/team/demo-os-primer-desk");
  const [, last = ""] = /href="(\/staff\/team\/demo-os-primer-desk\/[\w-]+\/remove)"/.exec(alone.text) ?? [];
  await admin.send("team-remove-last", last, {});
  const own = await ownPath(admin);
  await admin.open("own-person", own);
  await admin.send("person-close-last", `${own}/close`, {});
  const soon = admin.at(world.soon);
  await soon.open("confirm", `${FACTOR}/new`);
  await soon.send("confirm-error", "/staff/account/recovery-code", { confirmPassword: "not mine" });
}

/** Takes the account up anew by a link, and opens what it had before. */
async function walkFormer({ lang, newWalker }: Walk, admin: Walker, email: string): Promise<void> {
  const { text } = await admin.send("people-again", "/staff/people", { words: email, role: "" });
  const [, path = ""] = /<a href="(\/staff\/people\/[\w-]{22})"/.exec(text) ?? [];
  const made = await admin.send("invitation-again", `${path}/recover`, {});
  const link = /<p class="address"[^>]*>[a-z]+:\/\/[^/]+([^<]+)</.exec(made.text)?.[1] ?? "";
  const again = newWalker();
  await again.open("invited-again", link);
  await again.visitor.post(link, { name: NAME, password: PASSWORD, language: lang });
  await again.visitor.post("/staff/session", { email, password: PASSWORD });
  await again.open("account-former", "/staff/account");
  const former = hiddenIn(await again.open("former", "/staff/account/former"), "former");
  await again.send("former-wrong", "/staff/account/former", { former, formerPassword: "not this one" });
  await again.send("former-done", "/staff/account/former", { former, formerPassword: PASSWORD });
}

async function ownPath(admin: Walker): Promise<string> {
  const { text } = await admin.visitor.get("/staff/people?role=admin");
  return /<a href="(\/staff\/people\/[\w-]{22})"/.exec(text)?.[1] ?? "";
}

/** A service that asks for a second factor: setting it up, giving its code, losing it, and a lost password. */
async function walkLost({ world, newWalker }: Walk, email: string): Promise<void> {
  const strict = newWalker(world.strict);
  await strict.visitor.post("/staff/session", { email, password: PASSWORD });
  const offered = await strict.open("second-factor", FACTOR);
  await strict.send("second-factor-error", FACTOR, { code: "" });
  const phone = authenticatorFrom(offered);
  await strict.visitor.post(FACTOR, { code: phone.codeAt(world.now()) });
  const recoveryCode = recoveryCodeOn(await strict.visitor.post("/staff/account/recovery-code", {}));
  const again = newWalker(world.strict);
  await again.visitor.post("/staff/session", { email, password: PASSWORD });
  await again.open("code", FACTOR);
  await again.send("code-wrong", FACTOR, { code: "000000" });
  await again.open("lost", `${FACTOR}/lost`);
  await again.send("lost-error", `${FACTOR}/lost`, { code: "0000" });
  await again.send("lost-done", `${FACTOR}/lost`, { code: recoveryCode });
  const nobody = newWalker();
  await nobody.open("recover", "/staff/recover");
  await nobody.send("recover-error", "/staff/recover", { email: "", recovery: "", password: "" });
  await nobody.send("recover-refused", "/staff/recover", {
    email,
    recovery: "0000-0000-0000-0000-0000",
    password: PASSWORD,
  });
}
