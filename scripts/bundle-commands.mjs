import { join } from "node:path";

/** Commands for whoever runs the container: it has no TypeScript and only the packages that the console itself loads. */
const COMMANDS = ["verify-audit"];
/** They find files of their own beside themselves, and lie in the container as packages: see next.config.js. */
const PACKAGES = ["@electric-sql/pglite", "fs-native-extensions", "pg", "pino"];

/** Some packages load others in the old way, which a module has no word for. */
const REQUIRE =
  'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);';

/**
 * Leaves each command as one file of JavaScript in a folder of the project, where its packages are found.
 * @param {string} projectRoot
 * @param {{ commands?: string[], folder?: string }} [options] names of files in `scripts` without their end; a folder
 *   in the project.
 */
export async function bundleCommands(projectRoot, { commands = COMMANDS, folder = ".next/commands" } = {}) {
  // A fresh clone loads this file before it has any package.
  const { build } = await import("esbuild");
  await build({
    absWorkingDir: projectRoot,
    entryPoints: commands.map((name) => `scripts/${name}.ts`),
    outdir: join(projectRoot, folder),
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    conditions: ["react-server"],
    external: PACKAGES,
    banner: { js: REQUIRE },
    logLevel: "warning",
  });
}
