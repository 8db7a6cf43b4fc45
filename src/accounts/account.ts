import type { Language } from "#messages/messages.ts";
import { carried } from "#platform/http/app.ts";
import type { Role } from "./roles.ts";

/** A signed-in person, with the identity that opens what the person's desks hold. */
export interface Account {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly language: Language;
  readonly identity: string;
  readonly sessionId: string;
}

export const account = carried<Account>("account");
