import { loadConfig } from "./config.ts";
import { setupLink, startService } from "./serve.ts";

const service = await startService(loadConfig(process.env), { demo: false });
const link = await setupLink(service);

process.stdout.write(`listening ${service.url}\n`);
if (link) process.stdout.write(`set up ${link}\n`);

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void service.stop().then(() => process.exit(0)));
}
