import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { isPostgres } from "#platform/db/columns.ts";

it.skipIf(isPostgres)("the demonstration deletes nothing in a folder that is not its own", () => {
  const folder = mkdtempSync(join(tmpdir(), "cuvam-te-own-"));
  const store = join(folder, "store");
  mkdirSync(store);
  writeFileSync(join(store, "cuvam-te.sqlite"), "somebody else's data");
  writeFileSync(join(store, "precious"), "keep me");
  const env = { PATH: process.env.PATH ?? "", DATA_DIR: store, PORT: "0" };
  const { status } = spawnSync(process.execPath, ["--import", "tsx", "src/demo.ts"], { env, timeout: 20_000 });
  expect(status).not.toBe(0);
  expect(existsSync(join(store, "precious"))).toBe(true);
  rmSync(folder, { recursive: true, force: true });
});
