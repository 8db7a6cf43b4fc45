import { accounts } from "./accounts.ts";
import { casework } from "./casework.ts";
import { errors } from "./errors.ts";
import { flood } from "./flood.ts";
import { journey } from "./journey.ts";
import { journeyEnd } from "./journey-end.ts";
import { journeyStart } from "./journey-start.ts";
import { manage } from "./manage.ts";
import { site } from "./site.ts";
import { tracking } from "./tracking.ts";

export const serbian = {
  ...errors,
  ...site,
  ...journey,
  ...journeyEnd,
  ...journeyStart,
  ...tracking,
  ...accounts,
  ...casework,
  ...manage,
  ...flood,
};
