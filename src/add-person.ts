import { addPerson, isRole, type Workplace } from "#accounts/index.ts";
import { translator } from "#messages/messages.ts";
import type { Platform } from "#platform/platform.ts";

const t = translator("en");

export interface PersonCommand {
  readonly role: Parameters<typeof addPerson>[1]["role"];
  readonly email: string;
  readonly name: string;
  readonly workplace: Workplace | undefined;
}

/** Takes what was typed behind the command; undefined where it is not a role, an e-mail and a name. */
export function personCommandFrom(given: readonly string[]): PersonCommand | undefined {
  const [role = "", email = "", name = "", identifier, desk, ...more] = given;
  // An administrator never opens a case, and would hold a desk's key without ever reading what it receives.
  const isHere = role !== "admin" || identifier === undefined;
  const isWhole = isHere && isRole(role) && /^\S+@\S+\.\S+$/.test(email) && name.trim() !== "" && more.length === 0;
  const workplace = identifier === undefined ? undefined : { identifier, desk };
  return isWhole ? { role, email, name: name.trim(), workplace } : undefined;
}

/** Makes the account and prints its password and recovery code once. Returns the exit code. */
export async function addPersonByCommand(
  platform: Platform,
  recoveryRecipient: string | undefined,
  { workplace, ...person }: PersonCommand,
): Promise<number> {
  const added = await addPerson({ ...platform, recoveryRecipient }, { ...person, language: "sr" }, workplace);
  if (!added.ok) {
    const names = added.desks?.map(t.local).join(" · ") ?? "";
    process.stderr.write(`${t(`manage.person.${added.because}`)}${names && ` ${names}`}\n`);
    return 1;
  }
  const { password, recoveryCode } = added;
  process.stdout.write(`${t("manage.person.password", { password })}\n`);
  process.stdout.write(`${t("manage.person.recovery", { recoveryCode })}\n`);
  return 0;
}
