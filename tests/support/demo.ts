import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadConfig } from "../../src/config.ts";
import { type DemoFacts, prepareDemo } from "../../src/demo/prepare-demo.ts";
import { startService } from "../../src/serve.ts";

export interface RunningDemo {
  readonly url: string;
  readonly facts: DemoFacts | undefined;
  stop(): Promise<void>;
}

/** The demonstration as `npm run demo` serves it, on a free port and in a folder of its own. */
export async function startDemo(): Promise<RunningDemo> {
  const data = mkdtempSync(join(tmpdir(), "cuvam-te-demo-"));
  let facts: DemoFacts | undefined;
  const service = await startService(loadConfig({ DATA_DIR: join(data, "store"), PORT: "0" }), {
    demo: true,
    prepare: async (platform) => {
      facts = await prepareDemo(platform, "RS");
    },
  });
  return {
    url: service.url,
    facts,
    async stop() {
      await service.stop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}
