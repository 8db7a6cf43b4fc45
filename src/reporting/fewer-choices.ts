/**
 * What a child's voice leaves out of the country's lists: the choices that stay say it in plainer words under the same
 * codes, such as "they make me work, beg or marry" for exploitation, and the desk sorts out the rest.
 */
export const FEWER_ROLES = [
  "parent_victim",
  "parent_perpetrator",
  "relative",
  "teacher",
  "staff_victim",
  "other_professional",
  "citizen",
  "ngo_helpline",
  "institution",
] as const;

export const FEWER_FORMS = [
  "abuse_misuse",
  "extremism",
  "trafficking",
  "child_marriage",
  "child_labour_begging",
  "corporal_punishment",
  "violence_vs_staff",
] as const;

export const FEWER_PLACES = ["health", "workplace", "migration"] as const;

export const FEWER_HARMERS = ["adult_pupil", "official", "self"] as const;

/** Nobody that young writes. */
export const FEWER_AGES = ["0_2", "3_6"] as const;

/** A tool that makes pictures or texts is no place to a child; what it made is met in one of the others. */
export const FEWER_ONLINE = ["ai_tool"] as const;

/** Seldom true of who reports alone, and long to explain; the desk asks where it matters. */
export const FEWER_VULNERABILITIES = ["minority", "street"] as const;
