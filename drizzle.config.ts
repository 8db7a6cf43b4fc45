import { defineConfig } from "drizzle-kit";

const postgres = /^postgres/.test(process.env.DATABASE_URL ?? "");

export default defineConfig({
  dialect: postgres ? "postgresql" : "sqlite",
  schema: ["./src/*/schema.ts", "./src/platform/*/schema.ts"],
  out: postgres ? "./drizzle/postgres" : "./drizzle/sqlite",
});
