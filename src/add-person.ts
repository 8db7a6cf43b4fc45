import { addPerson, isRole } from "#accounts/index.ts";
import { translator } from "#messages/messages.ts";
import type { Platform } from "#platform/platform.ts";

const t = translator("en");

export interface PersonCommand {
  readonly role: Parameters<typeof addPerson>[1]["role"];
  readonly email: string;
  readonly name: string;
  /** Of the institution at whose desk the person works. */
  readonly identifier: string | undefined;
}

/** Takes what was typed behind the command; undefined where it is not a role, an e-mail and a name. */
export function personCommandFrom(given: readonly string[]): PersonCommand | undefined {
  const [role = "", email = "", name = "", identifier, ...more] = given;
  const isWhole = isRole(role) && /^\S+@\S+\.\S+$/.test(email) && name.trim() !== "" && more.length === 0;
  return isWhole ? { role, email, name: name.trim(), identifier } : undefined;
}

/** Makes the account and prints its password and recovery code once. Returns the exit code. */
export async function addPersonByCommand(
  platform: Platform,
  recoveryRecipient: string | undefined,
  { identifier, ...person }: PersonCommand,
): Promise<number> {
  const added = await addPerson({ ...platform, recoveryRecipient }, { ...person, language: "sr" }, identifier);
  if (!added.ok) {
    process.stderr.write(`${t(`manage.person.${added.because}`)}\n`);
    return 1;
  }
  const { password, recoveryCode } = added;
  process.stdout.write(`${t("manage.person.password", { password })}\n`);
  process.stdout.write(`${t("manage.person.recovery", { recoveryCode })}\n`);
  return 0;
}
