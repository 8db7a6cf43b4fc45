import { account } from "#accounts/index.ts";
import { recordAudit } from "#audit/index.ts";
import { isoDayIn } from "#country/index.ts";
import { listKept, type Separator, writeCsv } from "#institutions/index.ts";
import type { AppContext } from "#platform/http/app.ts";
import { atOnce, inTurns } from "#platform/jobs/in-turns.ts";
import type { DirectoryNeeds } from "./needs.ts";

/** Answers with the whole directory as a file that can be imported again. */
export async function sendExport(c: AppContext, { db, country, now }: DirectoryNeeds): Promise<Response> {
  const kept = await listKept(db, country);
  const entries = kept.map(({ entry }) => entry);
  await db.write((tx) =>
    recordAudit(tx, {
      action: "directory.exported",
      by: { kind: "person", id: account.get(c).id },
      subject: { kind: "directory", id: undefined },
      at: now(),
      detail: { institutions: entries.length },
    }),
  );
  const separator = c.req.query("separator") === "comma" ? "comma" : "semicolon";
  const text = await inTurns(writeCsv(country, c.get("ui").t, entries, separator));
  return sendCsv(c, text, `list-${isoDayIn(country, now())}.csv`);
}

const EXAMPLE: Separator = "semicolon";

/** Answers with the headings alone, to be filled in. */
export function sendExample(c: AppContext, { country }: DirectoryNeeds): Response {
  return sendCsv(c, atOnce(writeCsv(country, c.get("ui").t, [], EXAMPLE)), "list.csv");
}

function sendCsv(c: AppContext, text: string, name: string): Response {
  const disposition = `attachment; filename="${name}"`;
  return c.body(text, 200, { "Content-Type": "text/csv; charset=utf-8", "Content-Disposition": disposition });
}
