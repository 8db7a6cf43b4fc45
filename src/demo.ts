import { rmSync } from "node:fs";
import { loadConfig } from "./config.ts";
import { type DemoFacts, prepareDemo } from "./demo/prepare-demo.ts";
import { startService } from "./serve.ts";

const config = loadConfig({ ...process.env, DATA_DIR: process.env.DATA_DIR ?? "data/demo" });
// The demonstration is made anew each time; a database somebody named is left as it is.
if (!config.databaseUrl) rmSync(config.dataDir, { recursive: true, force: true });

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
