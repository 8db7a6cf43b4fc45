/** What a person may do; each staff route names one of these. */
export type Permission =
  | "account.own"
  | "case.list"
  | "case.read"
  | "case.write"
  | "report.onBehalf"
  | "directory.read"
  | "directory.change"
  | "desk.silentBelow"
  | "desk.silentAll";

/** Roles as data: what is not listed is denied. An administrator never opens a case. */
const ROLES = {
  admin: ["account.own", "directory.read", "directory.change", "desk.silentBelow", "desk.silentAll"],
  triage: [
    "account.own",
    "case.list",
    "case.read",
    "case.write",
    "report.onBehalf",
    "directory.read",
    "desk.silentBelow",
    "desk.silentAll",
  ],
  /** Works at a desk of an institution. */
  member: ["account.own", "report.onBehalf", "directory.read"],
  /** Answers for the institutions below. */
  supervisor: ["account.own", "report.onBehalf", "directory.read", "desk.silentBelow"],
} as const satisfies Record<string, readonly Permission[]>;

export type Role = keyof typeof ROLES;

export function isRole(text: string): text is Role {
  return Object.hasOwn(ROLES, text);
}

export function mayDo(role: string, permission: Permission): boolean {
  return isRole(role) && (ROLES[role] as readonly Permission[]).includes(permission);
}

/** The page a person works on first, which is the first one after signing in. */
export function homeOf(
  role: string,
): "/staff/cases" | "/staff/institutions" | "/staff/desks" | "/staff/report" | "/staff/account" {
  if (mayDo(role, "case.list")) return "/staff/cases";
  if (mayDo(role, "directory.change")) return "/staff/institutions";
  if (mayDo(role, "desk.silentBelow")) return "/staff/desks";
  return mayDo(role, "report.onBehalf") ? "/staff/report" : "/staff/account";
}
