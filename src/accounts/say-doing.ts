import type { PlainMessageKey } from "#messages/messages.ts";
import type { Ui } from "#platform/views/ui.ts";

/** What may happen to an account, in words; what has none here is another page's. */
const DOINGS: Readonly<Record<string, PlainMessageKey>> = {
  "account.created": "doing.created",
  "account.signedIn": "doing.signedIn",
  "account.passwordTaken": "doing.passwordTaken",
  "account.signedOut": "doing.signedOut",
  "account.confirmed": "doing.confirmed",
  "account.passwordChanged": "doing.passwordChanged",
  "account.recoveryCodeRenewed": "doing.recoveryCodeRenewed",
  "account.recoveryOffered": "doing.recoveryOffered",
  "account.secondFactorSet": "doing.secondFactorSet",
  "account.secondFactorDropped": "doing.secondFactorDropped",
  "account.roleChanged": "doing.roleChanged",
  "account.languageChanged": "doing.languageChanged",
  "account.keysBroughtBack": "doing.keysBroughtBack",
  "account.heldUp": "doing.heldUp",
  "account.closed": "doing.closed",
};
const REFUSED: Readonly<Record<string, PlainMessageKey>> = {
  password: "doing.refused.password",
  secondFactor: "doing.refused.secondFactor",
  recoveryCode: "doing.refused.recoveryCode",
  confirmation: "doing.refused.confirmation",
  former: "doing.refused.former",
};
const RECOVERED: Readonly<Record<string, PlainMessageKey>> = {
  code: "doing.recovered.code",
  link: "doing.recovered.link",
};

/** Says what was done to an account; undefined for what is no business of its owner's page. */
export function sayDoing({ t }: Pick<Ui, "t">, action: string, detail: string): string | undefined {
  const { what = "", how = "" } = JSON.parse(detail) as { what?: string; how?: string };
  if (action === "account.signInRefused") return t(REFUSED[what] ?? "doing.refused.password");
  if (action === "account.recovered") return t(RECOVERED[how] ?? "doing.recovered.code");
  const key = DOINGS[action];
  return key && t(key);
}
