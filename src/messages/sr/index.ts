import { access } from "./access.ts";
import { accounts } from "./accounts.ts";
import { audit } from "./audit.ts";
import { backup } from "./backup.ts";
import { casework } from "./casework.ts";
import { deadlines } from "./deadlines.ts";
import { design } from "./design.ts";
import { directory } from "./directory.ts";
import { errors } from "./errors.ts";
import { exclusions } from "./exclusions.ts";
import { find } from "./find.ts";
import { flood } from "./flood.ts";
import { imports } from "./imports.ts";
import { journey } from "./journey.ts";
import { journeyEnd } from "./journey-end.ts";
import { journeyLists } from "./journey-lists.ts";
import { journeyStart } from "./journey-start.ts";
import { learn } from "./learn.ts";
import { library } from "./library.ts";
import { manage } from "./manage.ts";
import { onePage } from "./one-page.ts";
import { opening } from "./opening.ts";
import { pages } from "./pages.ts";
import { people } from "./people.ts";
import { registry } from "./registry.ts";
import { routing } from "./routing.ts";
import { site } from "./site.ts";
import { start } from "./start.ts";
import { tracking } from "./tracking.ts";
import { trackingEvents } from "./tracking-events.ts";

export const serbian = {
  ...errors,
  ...site,
  ...journey,
  ...journeyEnd,
  ...journeyLists,
  ...journeyStart,
  ...tracking,
  ...trackingEvents,
  ...accounts,
  ...audit,
  ...casework,
  ...manage,
  ...backup,
  ...flood,
  ...pages,
  ...people,
  ...learn,
  ...library,
  ...onePage,
  ...deadlines,
  ...design,
  ...directory,
  ...registry,
  ...imports,
  ...routing,
  ...exclusions,
  ...access,
  ...find,
  ...opening,
  ...start,
};
