import { defineConfig } from "drizzle-kit";

/** `npx drizzle-kit generate --config lib/db/drizzle.config.ts` writes the next migration from the schema. */
export default defineConfig({
  dialect: "postgresql",
  schema: [
    "./lib/db/schema.ts",
    "./lib/db/history-schema.ts",
    "./lib/db/metrics-schema.ts",
    "./lib/db/notification-schema.ts",
    "./lib/db/api-schema.ts",
    "./lib/db/roll-out-schema.ts",
    "./lib/db/move-schema.ts",
    "./lib/db/ami-schema.ts",
    "./lib/db/clean-up-schema.ts",
    "./lib/db/fleet-schema.ts",
    "./lib/db/bookmark-schema.ts",
  ],
  out: "./lib/db/migrations",
});
