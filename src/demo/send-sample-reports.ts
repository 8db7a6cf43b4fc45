import { randomBytes } from "node:crypto";
import type { Account } from "#accounts/index.ts";
import {
  addAsReporter,
  addNote,
  changeStatus,
  type ReporterKey,
  readAsReporter,
  readCase,
  sendMessage,
  writeAssessment,
} from "#casework/index.ts";
import type { Country } from "#country/index.ts";
import type { Platform } from "#platform/platform.ts";
import { codeOf, draftKeyOf, newCodeGate, saveStep, sendReport, startDraft, trackByCode } from "#reporting/index.ts";
import samples from "./sample-reports.json" with { type: "json" };

interface Sample {
  readonly state: string;
  readonly hoursAgo: number;
  readonly answers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly question?: string;
  readonly answer?: string;
  readonly note?: string;
  readonly assessment?: string;
  readonly close?: string;
  readonly notSafe?: boolean;
}

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** Nobody writes a report in no time. */
const WRITING_MS = 10 * MINUTE_MS;
/** Nobody has opened these; one of them for too long. */
const UNREAD = ["received", "danger", "late", "shelf"];

/** Sends invented reports through the same verbs a reporter uses, and works on them as a desk would. */
export async function sendSampleReports(
  platform: Platform,
  country: Country,
  operator: Account,
): Promise<{ state: string; code: string }[]> {
  const codes: { state: string; code: string }[] = [];
  for (const sample of samples as readonly Sample[]) {
    const sentAt = platform.now() - sample.hoursAgo * HOUR_MS;
    const code = await sendSample({ ...platform, country, now: () => sentAt }, sample);
    const later = { ...platform, country, now: tickingFrom(sentAt) };
    const key = await trackByCode(later, newCodeGate(), code);
    if (!key) throw new Error(`the sample report ${sample.state} does not open with its code`);
    await workOnSample(later, operator, { sample, key });
    codes.push({ state: sample.state, code: code.replace(/.{4}(?=.)/g, "$& ") });
  }
  return codes;
}

async function sendSample(then: Platform & { readonly country: Country }, { answers, state }: Sample): Promise<string> {
  const cookieKey = randomBytes(32);
  const draftId = await startDraft({ ...then, now: () => then.now() - WRITING_MS }, cookieKey);
  const given = Object.fromEntries(
    Object.entries(answers).filter((pair): pair is [string, string | readonly string[]] => pair[1] !== undefined),
  );
  await saveStep(then, { cookieKey, draftId }, { fields: Object.keys(given), given });
  const sent = await sendReport(then, { cookieKey, draftId }, "sr");
  if (!sent.ok) throw new Error(`the sample report ${state} was not taken: ${sent.because}`);
  return codeOf(draftKeyOf(cookieKey, draftId));
}

async function workOnSample(
  later: Platform & { readonly country: Country },
  operator: Account,
  { sample, key }: { readonly sample: Sample; readonly key: ReporterKey },
): Promise<void> {
  if (UNREAD.includes(sample.state)) return;
  const number = (await readAsReporter(later, key))?.file.number ?? "";
  await readCase(later, operator, number);
  const { note, assessment, question, answer, close, notSafe } = sample;
  if (note) await addNote(later, operator, number, { text: note });
  if (assessment) await writeAssessment(later, operator, number, { text: assessment, based: "" });
  if (question) await sendMessage(later, operator, number, { text: question, asks: true });
  if (answer) await sendMessage(later, operator, number, { text: answer, asks: false });
  const version = (await readAsReporter(later, key))?.file.version ?? 1;
  if (close) await changeStatus(later, operator, number, { status: close, version });
  if (notSafe) await addAsReporter(later, key, { text: "", notSafe: true, once: undefined });
}

/** A clock of which every look is a minute later, so that things happened one after another. */
function tickingFrom(start: number): () => number {
  let at = start;
  return () => {
    at += MINUTE_MS;
    return Math.min(Date.now(), at);
  };
}
