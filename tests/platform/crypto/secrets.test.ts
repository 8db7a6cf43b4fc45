import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openText, seal } from "#platform/crypto/seal.ts";
import { loadSecrets, passingSecrets } from "#platform/crypto/secrets.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cuvam-te-secrets-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("the secrets file", () => {
  it("is made once, for its owner's eyes only, and read again the same", async () => {
    const file = join(folder, "deep", "secrets.json");
    const made = await loadSecrets(file, true);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, "deep")).mode & 0o777).toBe(0o700);
    const before = readFileSync(file, "utf8");
    expect(await loadSecrets(file, true)).toEqual(made);
    expect(readFileSync(file, "utf8")).toBe(before);
  });

  it("holds a pepper and a salt of 32 bytes and a key that opens notices", async () => {
    const { pepper, codeSalt, notice } = await loadSecrets(join(folder, "s.json"), true);
    expect([pepper.length, codeSalt.length]).toEqual([32, 32]);
    expect(pepper.equals(codeSalt)).toBe(false);
    expect(await openText(notice.identity, await seal(notice.recipient, "address"))).toBe("address");
  });

  it("leaves no other file beside it", async () => {
    await loadSecrets(join(folder, "s.json"), true);
    expect(readdirSync(folder)).toEqual(["s.json"]);
  });

  it("that is damaged stops the start instead of being made anew, and is not printed", async () => {
    const file = join(folder, "s.json");
    const pepper = "c2VjcmV0IHBlcHBlcg==";
    for (const content of ["", "{", JSON.stringify({ version: 1, pepper }), JSON.stringify({ version: 2, pepper })]) {
      writeFileSync(file, content);
      const error: unknown = await loadSecrets(file, true).catch((reason) => reason);
      expect(error).toBeInstanceOf(Error);
      expect(String(error)).not.toContain(pepper);
      expect(readFileSync(file, "utf8")).toBe(content);
    }
  });

  it("is one file even when several processes start at once", async () => {
    const file = join(folder, "shared.json");
    const read = await Promise.all(Array.from({ length: 4 }, () => pepperSeenByAnotherProcess(file)));
    expect(new Set(read).size).toBe(1);
    expect((await loadSecrets(file, true)).pepper.toString("hex")).toBe(read[0]);
  });

  it("is another one in every deployment", async () => {
    const [one, other] = [await loadSecrets(join(folder, "1"), true), await loadSecrets(join(folder, "2"), true)];
    expect(one.pepper.equals(other.pepper)).toBe(false);
    expect((await passingSecrets()).pepper.equals(one.pepper)).toBe(false);
  });
});

function pepperSeenByAnotherProcess(file: string): Promise<string> {
  const module = new URL("../../../src/platform/crypto/secrets.ts", import.meta.url).href;
  // In containers every server is process number 1.
  const code = `Object.defineProperty(process, "pid", { value: 1 }); import(${JSON.stringify(module)}).then(async ({ loadSecrets }) => process.stdout.write((await loadSecrets(process.argv[1], true)).pepper.toString("hex")))`;
  const child = spawn(process.execPath, ["--import", "tsx", "-e", code, file], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  return new Promise((resolve, reject) => {
    let out = "";
    child.stdout.on("data", (chunk) => {
      out += chunk;
    });
    child.on("error", reject);
    child.on("close", () => resolve(out));
  });
}

it("a secrets file that went missing under a service in use is an error, not a new file", async () => {
  const folder = mkdtempSync(join(tmpdir(), "cuvam-te-secrets-"));
  const file = join(folder, "gone.json");
  await expect(loadSecrets(file, false)).rejects.toThrow("SECRETS_FILE");
  expect(existsSync(file)).toBe(false);
  rmSync(folder, { recursive: true });
});
