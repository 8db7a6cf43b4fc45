import { fieldsOn } from "./fields-on.ts";
import { multipart } from "./multipart.ts";
import { type Walk, type Walker, walkingAs } from "./walker.ts";

const NAME = "Школа „Тајна реч“";
/** A file with one right line and one wrong, new in each language. */
const fileIn = (lang: string) =>
  `identifier,type,name,municipality\nwalk-${lang}-1,csw,Центар,Зрењанин\nwalk-${lang}-2,police,Станица,Нигде\n`;
/** A place that this language's walk closes. */
const CLOSED: Readonly<Record<string, string>> = { sr: "rs-nis", "sr-Latn": "rs-kragujevac", en: "rs-becej" };

/** Works on the directory as an administrator, and looks at it as the others do. */
export async function walkDirectory(walk: Walk): Promise<void> {
  const admin = await walkingAs(walk, "admin");
  await walkRegistry(admin, walk.lang);
  await walkImport(admin, walk.lang);
  await walkRouting(admin);
  await walkOpening(walk, admin);
  const supervisor = await walkingAs(walk, "supervisor");
  await supervisor.open("staff-desks-below", "/staff/desks");
  await supervisor.open("staff-deadlines", "/staff/deadlines");
  await supervisor.open("staff-deadlines-late", "/staff/deadlines?of=own&only=late");
  await supervisor.open("staff-registry-read", "/staff/institutions?type=csw");
  await admin.open("staff-desks", "/staff/desks");
}

async function walkRegistry(admin: Walker, lang: string): Promise<void> {
  const list = await admin.open("staff-registry", "/staff/institutions");
  await admin.open("staff-registry-empty", "/staff/institutions?words=zzzz");
  await admin.open("staff-registry-new", "/staff/institutions/new");
  await admin.send("staff-registry-new-error", "/staff/institutions/new", { name: NAME });
  const path = /href="(\/staff\/institutions\/demo-[\w-]+)"/.exec(list.text)?.[1] ?? "";
  await admin.open("staff-institution", path);
  for (const page of ["edit", "end", "desks", "contacts", "absences"]) {
    await admin.open(`staff-institution-${page}`, `${path}/${page}`);
    await admin.send(`staff-institution-${page}-error`, `${path}/${page}`, { name: "", version: "0" });
  }
  const edit = fieldsOn(await admin.visitor.get(`${path}/edit`));
  await admin.visitor.post(`${path}/edit`, { ...edit, phone: `018 10${Object.keys(CLOSED).indexOf(lang)}` });
  await admin.send("staff-institution-changed", `${path}/edit`, { ...edit, phone: "018 109" });
  await admin.open("staff-absences", "/staff/absences");
  await admin.send("staff-absences-error", "/staff/absences", { from: "31. 2. 2026." });
}

async function walkImport(admin: Walker, lang: string): Promise<void> {
  const path = "/staff/institutions/import";
  await admin.open("staff-import", path);
  await admin.send("staff-import-error", path, multipart(""));
  const trial = await admin.send("staff-import-trial", path, multipart(fileIn(lang)));
  const apply = /action="([^"]+\/apply)"/.exec(trial.text)?.[1] ?? "";
  await admin.send("staff-import-differs", apply, { right: "yes", mark: "" });
  const mark = /name="mark" value="([^"]+)"/.exec(trial.text)?.[1] ?? "";
  await admin.send("staff-import-applied", apply, { right: "yes", mark });
}

async function walkRouting(admin: Walker): Promise<void> {
  await admin.open("staff-routing", "/staff/routing");
  await admin.open(
    "staff-routing-found",
    "/staff/routing?place=rs-novi-sad&form=physical&setting=education&harmer=school_staff&words=primer",
  );
  await admin.open("staff-holes-never", "/staff/routing/holes");
  await admin.send("staff-holes", "/staff/routing/holes/check", {});
}

/** From a day that comes, some places are closed; a service whose clock is there shows what people see then. */
async function walkOpening({ lang, world, newWalker }: Walk, admin: Walker): Promise<void> {
  await admin.open("staff-opening", "/staff/opening");
  await admin.send("staff-opening-error", "/staff/opening", { from: "yesterday" });
  const { [lang]: territory = "" } = CLOSED;
  const line = { territory, stage: "1", from: "1. 9. 2090." };
  await admin.send("staff-opening-confirm", "/staff/opening", line);
  await admin.send("staff-opening-planned", "/staff/opening", { ...line, confirmed: "yes" });
  const visitor = newWalker(world.later);
  await visitor.open("report-asks-place", `/${lang}/report`);
  await visitor.send("report-asks-place-error", `/${lang}/report`, { voice: "young" });
  await visitor.send("report-not-open", `/${lang}/report`, { voice: "young", territory });
}

/** Somebody who looks for help, before any report. */
export async function walkFinder({ lang, newWalker }: Walk): Promise<void> {
  const visitor = newWalker();
  await visitor.open("find", `/${lang}/find`);
  await visitor.open("find-error", `/${lang}/find?place=&need=2`);
  const found = await visitor.open("find-found", `/${lang}/find?place=rs-novi-sad&need=2`);
  await visitor.open("find-near", `/${lang}/find?place=rs-crna-trava&need=7`);
  const path = new RegExp(`href="(/${lang}/find/[^"?]+)"`).exec(found.text)?.[1] ?? "";
  await visitor.open("find-institution", path);
}

/** Somebody at work in a school who reports for a child. */
export async function walkStaffReport(walk: Walk): Promise<void> {
  const teacher = await walkingAs(walk, "school");
  const page = await teacher.open("staff-report", "/staff/report");
  const institution = /name="institution" value="([^"]+)"/.exec(page.text)?.[1] ?? "";
  await teacher.send("staff-report-error", "/staff/report", { institution: "" });
  await teacher.send("staff-report-begun", "/staff/report", { institution });
}
