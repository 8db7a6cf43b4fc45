import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { admitByRecovery } from "#accounts/index.ts";
import { CannotOpen, newKeyPair } from "#platform/crypto/seal.ts";
import { admissionFrom } from "../../src/admit-by-recovery.ts";
import { COLLEAGUE, openTestApp, RECOVERY_KEYS, type TestApp } from "../support/app.ts";

let test: TestApp;
beforeEach(async () => {
  test = await openTestApp();
  await test.database.raw("delete from desk_key_holder where holder <> 'recovery'");
  await test.database.raw("update desk_member set admitted_at = null where desk_id = 'desk-triage'");
});
afterEach(() => test.close());

describe("letting somebody in with the recovery identity", () => {
  it("opens the desk at which they wait, and only for them", async () => {
    const admitted = await admitByRecovery(test.platform, ` ${COLLEAGUE.toUpperCase()}`, RECOVERY_KEYS.identity);
    expect(admitted?.map(({ outcome }) => outcome)).toEqual(["done"]);
    const rows = await test.database.raw(
      "select email from desk_member m join person p on p.id = m.person_id where desk_id = 'desk-triage' and admitted_at is not null",
    );
    expect(rows).toEqual([{ email: COLLEAGUE }]);
    expect(await admitByRecovery(test.platform, COLLEAGUE, RECOVERY_KEYS.identity)).toEqual([]);
  });

  it("needs the very identity, and somebody with an account", async () => {
    const other = await newKeyPair();
    await expect(admitByRecovery(test.platform, COLLEAGUE, other.identity)).rejects.toThrow(CannotOpen);
    expect(await admitByRecovery(test.platform, "nobody@triage.test", RECOVERY_KEYS.identity)).toBeUndefined();
  });

  it("takes one e-mail as its argument, and no identity, which the list of processes would show", () => {
    expect(admissionFrom(["a@b.test"])).toBe("a@b.test");
    for (const given of [[], ["no"], ["a@b.test", RECOVERY_KEYS.identity]])
      expect(admissionFrom(given)).toBeUndefined();
  });
});
