import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadConfig } from "./config.ts";
import { type DemoFacts, prepareDemo } from "./demo/prepare-demo.ts";
import { startService } from "./serve.ts";

const config = loadConfig({ ...process.env, DATA_DIR: process.env.DATA_DIR ?? "data/demo" });
// Made anew each time, but only a folder that an earlier demonstration marked as its own is ever deleted.
const mark = join(config.dataDir, "demonstration");
if (existsSync(mark)) rmSync(config.dataDir, { recursive: true, force: true });
if (!existsSync(config.dataDir)) {
  mkdirSync(config.dataDir, { recursive: true });
  writeFileSync(mark, "");
}

let facts: DemoFacts | undefined;
const service = await startService(config, {
  demo: true,
  prepare: async (platform) => {
    facts = await prepareDemo(platform, config.country);
  },
});

for (const { role, email, password } of facts?.accounts ?? []) {
  process.stdout.write(`demo account ${role} ${email} ${password}\n`);
}
for (const { state, code } of facts?.codes ?? []) process.stdout.write(`demo code ${state} ${code}\n`);
process.stdout.write(`listening ${service.url}\n`);

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void service.stop().then(() => process.exit(0)));
}
