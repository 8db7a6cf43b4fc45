import { describe, expect, it } from "vitest";
import { decodeText } from "#institutions/decode-text.ts";
import { inWindows1250 } from "../support/institution-files.ts";

describe("a file of an older program", () => {
  it("is decoded in steps, since its lines are compared one by one", () => {
    const text = `id;type;name;grad\n${"a;b;Čačak;d\n".repeat(5_000)}`;
    const steps = decodeText(inWindows1250(text));
    for (let step = 1; ; step++) {
      const { done, value } = steps.next();
      if (!done) continue;
      expect(value).toEqual({ ok: true, text });
      expect(step).toBeGreaterThan(40);
      return;
    }
  });
});
