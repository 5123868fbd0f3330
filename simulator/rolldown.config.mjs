import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "rolldown";
import { dts } from "rolldown-plugin-dts";
import own from "./package.json" with { type: "json" };

/**
 * What npm gets: JavaScript for plain Node and its types. The packages that stand in `dependencies` stay imports;
 * what AWS's pages say of documents is a development package here and goes into the bundle.
 */
const installed = new RegExp(`^(node:|(${Object.keys(own.dependencies).join("|")})(/|$))`);
const cwd = fileURLToPath(new URL(".", import.meta.url));
rmSync(new URL("dist", import.meta.url), { recursive: true, force: true });

// How long each plugin took is nobody's news.
const checks = { bundlerTimings: false, pluginTimings: false };

export default defineConfig([
  {
    cwd,
    checks,
    input: { index: "index.ts", main: "main.ts", testing: "testing.ts" },
    platform: "node",
    external: installed,
    output: { dir: "dist", format: "esm", chunkFileNames: "[name]-[hash].js" },
  },
  {
    cwd,
    checks,
    input: { index: "index.ts", testing: "testing.ts" },
    external: installed,
    plugins: [dts({ emitDtsOnly: true, tsconfig: "../tsconfig.json" })],
    output: { dir: "dist", format: "esm", chunkFileNames: "[name]-[hash].js" },
  },
]);
