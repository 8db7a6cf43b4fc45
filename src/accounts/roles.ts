/** What a person may do; each staff route names one of these. */
export type Permission = "account.own" | "case.list" | "case.read" | "case.write";

/** Roles as data: what is not listed is denied. An administrator never opens a case. */
const ROLES = {
  admin: ["account.own"],
  triage: ["account.own", "case.list", "case.read", "case.write"],
} as const satisfies Record<string, readonly Permission[]>;

export type Role = keyof typeof ROLES;

export function isRole(text: string): text is Role {
  return Object.hasOwn(ROLES, text);
}

export function mayDo(role: string, permission: Permission): boolean {
  return isRole(role) && (ROLES[role] as readonly Permission[]).includes(permission);
}

/** The page a person works on first, which is the first one after signing in. */
export function homeOf(role: string): "/staff/cases" | "/staff/account" {
  return mayDo(role, "case.list") ? "/staff/cases" : "/staff/account";
}
