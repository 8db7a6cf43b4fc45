import { newVisitor } from "./browser.ts";
import { walkAccess } from "./walk-access.ts";
import { walkDirectory, walkFinder, walkStaffReport } from "./walk-directory.ts";
import { walkJourney } from "./walk-journey.ts";
import { walkPeople } from "./walk-people.ts";
import { walkStaff } from "./walk-staff.ts";
import { type Look, type Walk, type WalkedWorld, walkerOver } from "./walker.ts";

/** Walks through every page in one language: as a visitor, as a child and an adult who report, and as an operator. */
export async function walkPages(world: WalkedWorld, lang: string, look: Look): Promise<void> {
  const newWalker = (app = world.app) => walkerOver(newVisitor({ app }), lang, look);
  const walk: Walk = { lang, world, newWalker };
  await walkPublic(walk);
  await Promise.all([walkJourney(walk, "young"), walkJourney(walk, "adult")]);
  await walkStaff(walk);
  await walkFinder(walk);
  await walkStaffReport(walk);
  await walkDirectory(walk);
  await walkAccess(walk);
  await walkPeople(walk);
}

const GENERAL = ["", "learn", "help", "about", "privacy", "accessibility", "computer", "design", "page", "missing"];
/** A form of violence, a page for small children, and one about the law: the other pages have the same parts. */
const READ = process.env.FULL ? Array.from({ length: 30 }, (_, at) => at + 1) : [8, 17, 28];
const LIBRARY = ["library", ...READ.map((number) => `library/${number}`)];

async function walkPublic({ lang, world, newWalker }: Walk): Promise<void> {
  const visitor = newWalker();
  for (const path of GENERAL) await visitor.open(`public-${path || "home"}`, `/${lang}/${path}`);
  for (const path of LIBRARY) await visitor.open(`public-${path.replace("/", "-")}`, `/${lang}/${path}`);
  await visitor.open("public-page-unsent", `/${lang}/page?done=0`);
  await visitor.send("public-computer-on", `/${lang}/computer`, { shared: "yes" });
  const empty = world.empty.get(lang)?.app;
  await newWalker(empty).open("report-closed", `/${lang}/report`);
  await newWalker(empty).open("public-library-none", `/${lang}/library`);
  await newWalker(empty).open("report-one-shut", `/${lang}/report/one`);
  await newWalker(world.full).send("report-begin-later", `/${lang}/report`, { voice: "young" });
}
