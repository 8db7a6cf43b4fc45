/** What a person may do; each staff route names one of these. */
export type Permission =
  | "account.own"
  | "case.list"
  | "case.read"
  | "case.write"
  | "case.ask"
  | "deadline.list"
  | "report.onBehalf"
  | "directory.read"
  | "directory.change"
  | "desk.silentBelow"
  | "desk.silentAll"
  | "team.own"
  | "team.read"
  | "people.read"
  | "people.manage"
  | "audit.read"
  | "library.publish"
  | "service.start"
  | "recovery.make";

interface RoleFacts {
  readonly permissions: readonly Permission[];
  /** Whether a second factor must be set up before anything else; every role that can open a case has to. */
  readonly secondFactor: "required" | "offered";
  /** At which desks somebody of this role works: the triage desk, any other, or none. */
  readonly works: "triage" | "desk" | "nowhere";
}

const FOR_ALL = ["account.own"] as const;
const AT_A_DESK = [...FOR_ALL, "report.onBehalf", "directory.read", "team.own", "team.read"] as const;

/** Roles as data, one table: what is not listed is denied. An administrator never opens a case. */
const ROLES = {
  admin: {
    permissions: [
      ...FOR_ALL,
      "directory.read",
      "directory.change",
      "desk.silentBelow",
      "desk.silentAll",
      "team.read",
      "people.read",
      "people.manage",
      "audit.read",
      "library.publish",
      "service.start",
      "recovery.make",
    ],
    secondFactor: "required",
    works: "nowhere",
  },
  triage: {
    permissions: [
      ...AT_A_DESK,
      "case.list",
      "case.read",
      "case.write",
      "deadline.list",
      "desk.silentBelow",
      "desk.silentAll",
    ],
    secondFactor: "required",
    works: "triage",
  },
  /** Works at a desk of an institution. */
  member: { permissions: AT_A_DESK, secondFactor: "required", works: "desk" },
  /** Answers for the institutions below; reads a case only where its desk grants a request. */
  supervisor: {
    permissions: [...AT_A_DESK, "case.ask", "deadline.list", "desk.silentBelow"],
    secondFactor: "required",
    works: "desk",
  },
  /** Answers the helpline. */
  helpline: { permissions: AT_A_DESK, secondFactor: "required", works: "desk" },
  /** Writes pages and trainings. */
  editor: { permissions: [...FOR_ALL, "library.publish"], secondFactor: "offered", works: "nowhere" },
  /** Checks what editors wrote before it is published. */
  reviewer: { permissions: FOR_ALL, secondFactor: "offered", works: "nowhere" },
  /** Arranges visits to schools. */
  outreach: { permissions: [...FOR_ALL, "directory.read"], secondFactor: "offered", works: "nowhere" },
  /** Prepares releases of figures. */
  statistician: { permissions: FOR_ALL, secondFactor: "offered", works: "nowhere" },
} as const satisfies Record<string, RoleFacts>;

/**
 * What may be done where others can read along: setting the service up, its directory, its people and its pages. Everything else
 * shows or takes what a case says, lists cases, or makes the key that opens them.
 */
const OVER_ANY_LINE: readonly Permission[] = [
  ...FOR_ALL,
  "directory.read",
  "directory.change",
  "desk.silentBelow",
  "desk.silentAll",
  "team.own",
  "team.read",
  "people.read",
  "people.manage",
  "library.publish",
  "service.start",
];

/** Whether something is done over a secure line alone. */
export const needsSecureLine = (permission: Permission) => !OVER_ANY_LINE.includes(permission);

/** What somebody may do besides who leads a desk, whatever the role; it reaches the people of that desk alone. */
const LEAD: readonly Permission[] = ["people.manage"];

export type Role = keyof typeof ROLES;

export const ROLE_NAMES = Object.keys(ROLES) as readonly Role[];

export function isRole(text: string): text is Role {
  return Object.hasOwn(ROLES, text);
}

export function mayDo(role: string, permission: Permission): boolean {
  return isRole(role) && (ROLES[role].permissions as readonly Permission[]).includes(permission);
}

/** The same for a person, who may lead a desk besides. */
export function can(
  { role, leads }: { readonly role: string; readonly leads: boolean },
  permission: Permission,
): boolean {
  return mayDo(role, permission) || (leads && isRole(role) && LEAD.includes(permission));
}

/** Whether somebody of this role must have a second factor. */
export const needsSecondFactor = (role: Role) => ROLES[role].secondFactor === "required";

/** A desk as far as it decides who works there. */
export interface Workplace {
  readonly kind: string;
  /** It takes over from the triage desk, so that some of its people do that work. */
  readonly standsIn: boolean;
}

/** The roles that somebody may have at a desk, or at none. */
export function rolesAt(desk: Workplace | undefined): Role[] {
  const works = desk === undefined ? "nowhere" : desk.kind === "triage" ? "triage" : "desk";
  return ROLE_NAMES.filter(
    (role) => ROLES[role].works === works || (desk?.standsIn === true && ROLES[role].works === "triage"),
  );
}

/** The roles that somebody may be given instead: those of the same kind of work, and what their desks have. */
export function rolesInstead(role: string, desks: readonly Workplace[]): Role[] {
  const atDesks = desks.flatMap(rolesAt);
  return ROLE_NAMES.filter(
    (each) => isRole(role) && (ROLES[each].works === ROLES[role].works || atDesks.includes(each)),
  );
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
