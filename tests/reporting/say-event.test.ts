import { describe, expect, it } from "vitest";
import { loadCountry } from "#country/index.ts";
import { isMessageKey, translator } from "#messages/messages.ts";
import { sayEvent } from "#reporting/say-event.ts";
import { ADDRESSES } from "#reporting/voice.ts";

const t = translator("sr");
/** The desk's kinds of events (casework/events.ts), but for a new status. */
const KINDS = ["received", "read", "question", "answer", "added", "not-safe"];
const statuses = loadCountry("RS").codeLists.report_status.map(({ code }) => code);
const status = (code: string) => ({ kind: "status", detail: { status: code } });
const event = (kind: string) => ({ kind, detail: {} });

describe.each(ADDRESSES)("what happened, said to somebody as %s", (address) => {
  const news = t(`tracking.event.other.${address}`);

  it("has a sentence of its own for every kind", () => {
    const said = KINDS.map((kind) => sayEvent(t, address, event(kind)));
    expect(new Set(said).size).toBe(KINDS.length);
    expect(said).not.toContain(news);
  });

  it("has a sentence of its own for every status that a sent report can have", () => {
    const said = statuses.filter((code) => code !== "draft").map((code) => sayEvent(t, address, status(code)));
    expect(said.length).toBeGreaterThan(10);
    expect(new Set(said).size).toBe(said.length);
    expect(said).not.toContain(news);
  });

  it("says of what it does not know only that there is news, and never a code", () => {
    for (const unknown of [event("moved_on"), status("new_state"), status("")]) {
      expect(isMessageKey(`tracking.event.${unknown.kind}.${address}`)).toBe(false);
      expect(sayEvent(t, address, unknown)).toBe(news);
    }
  });
});
