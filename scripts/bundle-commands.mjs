import { join } from "node:path";

/** Commands for whoever runs the container: it has no TypeScript and only the packages that the console itself loads. */
const COMMANDS = ["verify-audit"];
/** They find files of their own beside themselves, and lie in the container as packages: see next.config.js. */
const PACKAGES = ["@electric-sql/pglite", "fs-native-extensions", "pg", "pino"];

/**
 * Leaves each command as one file of JavaScript in `.next/commands`.
 * @param {string} projectRoot
 */
export async function bundleCommands(projectRoot) {
  // A fresh clone loads this file before it has any package.
  const { build } = await import("esbuild");
  await build({
    absWorkingDir: projectRoot,
    entryPoints: COMMANDS.map((name) => `scripts/${name}.ts`),
    outdir: join(projectRoot, ".next/commands"),
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    conditions: ["react-server"],
    external: PACKAGES,
    logLevel: "warning",
  });
}
