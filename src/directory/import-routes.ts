import { Hono } from "hono";
import { z } from "zod";
import { account, may } from "#accounts/index.ts";
import {
  deleteImportFile,
  deleteImportFilesBeyond,
  type FileFault,
  fileFaultPhrase,
  findImportFile,
  type ImportPlan,
  importInstitutions,
  insertImportFile,
  isApplied,
  planInTurns,
  updateImportFileApplied,
} from "#institutions/index.ts";
import { randomToken } from "#platform/crypto/derive.ts";
import type { Writer } from "#platform/db/database.ts";
import type { AppContext, AppEnv, Routes } from "#platform/http/app.ts";
import { notFound } from "#platform/http/errors.ts";
import { wholeNumber } from "#platform/http/form.ts";
import { page, seeOther } from "#platform/http/page.ts";
import { readFields } from "#platform/http/read-body.ts";
import { readUpload, type UploadFault } from "#platform/http/read-upload.ts";
import { sendExample, sendExport } from "./export-institutions.ts";
import { IMPORT, MOST_MB, MOST_WAITING, showImport } from "./import-page.ts";
import { importTrialProps, LISTS } from "./import-trial.ts";
import { importDonePage, importTrialPage } from "./import-views.ts";
import type { DirectoryNeeds } from "./needs.ts";
import { waysOf } from "./ways.ts";

/** An id is 16 bytes; what is shorter is another page's address. */
const FILE = `${IMPORT}/:id{[\\w-]{22}}` as const;

/** The pages on which a file of institutions is sent, looked at and applied, and on which the directory is had as one. */
export function importRoutes(needs: DirectoryNeeds): Routes {
  return new Hono<AppEnv>()
    .get(IMPORT, may(needs, "directory.change"), (c) => showImport(c, needs))
    .post(IMPORT, may(needs, "directory.change"), (c) => receiveFile(c, needs))
    .get(`${IMPORT}/example`, may(needs, "directory.change"), (c) => sendExample(c, needs))
    .get(FILE, may(needs, "directory.change"), (c) => showFile(c, needs))
    .post(`${FILE}/apply`, may(needs, "directory.change"), (c) => receiveApply(c, needs))
    .post(`${FILE}/delete`, may(needs, "directory.change"), (c) => receiveDelete(c, needs))
    .get("/staff/institutions/export", may(needs, "directory.read"), needs.fresh, (c) => sendExport(c, needs));
}

const STATUS: Readonly<Record<UploadFault, 413 | 415 | 422>> = { size: 413, type: 415, none: 422, broken: 422 };

async function receiveFile(c: AppContext, needs: DirectoryNeeds): Promise<Response> {
  const upload = await readUpload(c, "file", MOST_MB * 1024 * 1024);
  if (!upload.ok) {
    const values = upload.fault === "size" ? { values: { most: MOST_MB } } : {};
    return showImport(c, needs, {
      status: STATUS[upload.fault],
      phrase: { key: `imports.file.${upload.fault}`, ...values },
    });
  }
  const { planned } = await planInTurns(needs.db, needs.country, upload.file, needs.now());
  if (!planned.ok) return showUnreadable(c, needs, planned.fault);
  const row = { id: randomToken(), personId: account.get(c).id, content: Buffer.from(upload.file), at: needs.now() };
  await needs.db.write(async (tx) => {
    await deleteImportFilesBeyond(tx, row.personId, MOST_WAITING - 1);
    await insertImportFile(tx, row);
  });
  return seeOther(c, `${IMPORT}/${row.id}`);
}

function showUnreadable(c: AppContext, needs: DirectoryNeeds, fault: FileFault): Promise<Response> {
  return showImport(c, needs, { status: 422, phrase: fileFaultPhrase(c.get("ui").t, fault) });
}

const idOf = (c: AppContext) => c.req.param("id") ?? "";

async function showFile(c: AppContext, needs: DirectoryNeeds): Promise<Response> {
  const file = await needs.db.read((reader) => findImportFile(reader, idOf(c), account.get(c).id));
  if (!file) throw notFound();
  if (isApplied(file)) return showDone(c);
  const { planned } = await planInTurns(needs.db, needs.country, file.content, needs.now());
  // What was accepted can be read, unless the directory lost what a line without a name was about.
  if (!planned.ok) return showUnreadable(c, needs, planned.fault);
  return showTrial(c, needs, planned.plan);
}

const TrialQuery = z.object({ list: z.enum(LISTS).optional().catch(undefined), from: z.string().optional() });

function showTrial(
  c: AppContext,
  { country }: DirectoryNeeds,
  plan: ImportPlan,
  status: 200 | 409 | 422 = 200,
): Response {
  const { t } = c.get("ui");
  const { list, from } = TrialQuery.parse(c.req.query());
  const asked = { path: `${IMPORT}/${idOf(c)}`, list, from: wholeNumber(from) ?? 0, differs: status === 409 };
  const props = { ways: waysOf(c), ...importTrialProps(country, t, plan, asked) };
  return page(c, importTrialPage, props, { title: t("imports.title"), layout: "staff", status });
}

function showDone(c: AppContext): Response {
  const [added, changed] = [c.req.query("added"), c.req.query("changed")].map((text) => Number(text ?? Number.NaN));
  const isKnown = Number.isSafeInteger(added) && Number.isSafeInteger(changed);
  const counts = isKnown ? { added: added ?? 0, changed: changed ?? 0 } : undefined;
  return page(
    c,
    importDonePage,
    { ways: waysOf(c), counts },
    { title: c.get("ui").t("imports.title"), layout: "staff" },
  );
}

const ApplyForm = z.object({ mark: z.string().catch(""), right: z.literal("yes").optional().catch(undefined) });

/** Applies what was looked at, and nothing else: a plan that came out differently is shown again. */
async function receiveApply(c: AppContext, needs: DirectoryNeeds): Promise<Response> {
  const fields = await readFields(c);
  const { mark, right } = ApplyForm.parse({ mark: fields.get("mark")?.[0], right: fields.get("right")?.[0] });
  const [id, personId] = [idOf(c), account.get(c).id];
  const by = { kind: "person", id: personId } as const;
  const file = await needs.db.read((reader) => findImportFile(reader, id, personId));
  if (!file) throw notFound();
  const imported = await importInstitutions(needs.db, needs.country, file.content, {
    ...{ by, at: needs.now(), importId: id, mark, rightLinesOnly: right === "yes" },
    take: (tx) => takeFile(tx, id, personId),
  });
  // What was applied is empty by then, and its page says that it is done.
  if (imported.outcome === "unreadable" || imported.outcome === "taken") return seeOther(c, `${IMPORT}/${id}`);
  const { outcome, plan } = imported;
  if (outcome !== "applied" && (await isAppliedNow(needs, id, personId))) return seeOther(c, `${IMPORT}/${id}`);
  if (outcome === "differs") return showTrial(c, needs, plan, 409);
  if (outcome === "wrong") return showTrial(c, needs, plan, 422);
  if (outcome === "nothing") return seeOther(c, `${IMPORT}/${id}`);
  return seeOther(c, `${IMPORT}/${id}?added=${plan.added.length}&changed=${plan.changed.length}`);
}

/** Pressed twice at once, the second plan differs because the first one holds. */
async function isAppliedNow({ db }: DirectoryNeeds, id: string, personId: string): Promise<boolean> {
  const file = await db.read((reader) => findImportFile(reader, id, personId));
  return file !== undefined && isApplied(file);
}

/** Whoever presses twice applies once: the file goes with what it says. */
async function takeFile(tx: Writer, id: string, personId: string): Promise<boolean> {
  const file = await findImportFile(tx, id, personId);
  if (!file || isApplied(file)) return false;
  await updateImportFileApplied(tx, id);
  return true;
}

async function receiveDelete(c: AppContext, needs: DirectoryNeeds): Promise<Response> {
  await readFields(c);
  await needs.db.write((tx) => deleteImportFile(tx, idOf(c), account.get(c).id));
  return seeOther(c, IMPORT);
}
