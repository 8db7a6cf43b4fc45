/** Stands in the place of a person's id for the offline recovery identity. */
export const RECOVERY = "recovery";
