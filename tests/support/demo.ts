import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeSetupToken } from "#accounts/index.ts";
import { LANGUAGES } from "#messages/messages.ts";
import { loadConfig } from "../../src/config.ts";
import { type DemoFacts, prepareDemo } from "../../src/demo/prepare-demo.ts";
import { openPlatform, startService } from "../../src/serve.ts";
import { type WalkedWorld, walkedWorld } from "./walker.ts";

export interface RunningDemo {
  readonly url: string;
  readonly world: WalkedWorld;
  stop(): Promise<void>;
}

/** The demonstration as `npm run demo` serves it, on a free port and in a folder of its own, ready to be walked. */
export async function startDemo(): Promise<RunningDemo> {
  const data = mkdtempSync(join(tmpdir(), "cuvam-te-demo-"));
  let facts: DemoFacts = { accounts: [], codes: [] };
  const service = await startService(loadConfig({ DATA_DIR: join(data, "store"), PORT: "0" }), {
    demo: true,
    prepare: async (platform) => {
      facts = await prepareDemo(platform, "RS");
    },
  });
  const unused = await Promise.all(
    LANGUAGES.map(async (lang) => {
      const platform = await openPlatform(loadConfig({ DATA_DIR: join(data, lang) }));
      return [lang, { platform, token: (await makeSetupToken(platform)) ?? "" }] as const;
    }),
  );
  return {
    url: service.url,
    world: walkedWorld(service.platform, facts, new Map(unused)),
    async stop() {
      await service.stop();
      for (const [, { platform }] of unused) await platform.db.close();
      rmSync(data, { recursive: true, force: true });
    },
  };
}
