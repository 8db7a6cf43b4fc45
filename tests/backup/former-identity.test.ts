import { join } from "node:path";
import { expect, it } from "vitest";
import { recoveryCodeOn } from "../support/account.ts";
import { CHOSEN, openApartCase, WORDS } from "../support/apart-case.ts";
import { OPERATOR } from "../support/app.ts";
import { newVisitor } from "../support/browser.ts";
import { hiddenIn, signInAs } from "../support/journey.ts";
import { backUpTo, newFolder, restoredFrom } from "./stores.ts";

it("a former identity and what it holds come back with a backup: its owner opens the case there by the earlier code", async () => {
  const folder = newFolder();
  const { test, operator, number, takeUpAnew, letIn } = await openApartCase({ recovery: true });
  const code = recoveryCodeOn(await operator.post("/staff/account/recovery-code", {}));
  await takeUpAnew();
  await letIn();
  const file = join(folder.path, "copy.age");
  await backUpTo(file, test);
  const restored = await restoredFrom(test, file);
  const olga = newVisitor(restored.app);
  await signInAs(olga, OPERATOR, CHOSEN);
  expect((await olga.get(`/staff/cases/${number}`)).status).toBe(404);
  const former = hiddenIn(await olga.get("/staff/account/former"), "former");
  const seen = await olga.post("/staff/account/former", { former, formerPassword: code });
  expect(seen.text).toContain("1 case opens again.");
  expect((await olga.get(`/staff/cases/${number}`)).text).toContain(WORDS);
  await Promise.all([restored.close(), test.close()]);
  folder.remove();
});
