import { z } from "zod";

const code = z
  .string()
  .regex(/^[a-z0-9_-]{1,60}$/)
  .optional()
  .catch(undefined);

const id = z
  .string()
  .regex(/^[\w-]{1,64}$/)
  .optional()
  .catch(undefined);

/** More than the forms of one report, and few enough that no address can keep a server busy. */
const MOST_FORMS = 21;

/** A matter as the address of the page of who answers carries it; anything that is not a code is as if it were not said. */
export const RoutingQuery = z.object({
  place: code,
  form: z
    .array(z.string().regex(/^[a-z0-9_]{1,40}$/))
    .transform((forms) => [...new Set(forms)].slice(0, MOST_FORMS))
    .catch([]),
  setting: code,
  harmer: code,
  level: code,
  age: code,
  at: id,
  words: z
    .string()
    .transform((words) => words.trim().slice(0, 100))
    .catch(""),
});
export type RoutingQuery = z.infer<typeof RoutingQuery>;

/** A hole's place in the list, as an address carries it. */
const place = z
  .string()
  .regex(/^[a-z0-9-]{1,60}\.[a-z0-9_]{1,40}$/)
  .optional()
  .catch(undefined);

export const HolesQuery = z.object({
  list: z.enum(["missing", "standsIn"]).optional().catch(undefined),
  type: code,
  after: place,
  before: place,
});
