import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assembleImage, readImage } from "./dockerfile-image.mjs";
import { buildIfNeeded, projectRoot } from "./prepare-project.mjs";

// Runs what the Dockerfile ships, without a container engine: the files, variables and command of its last stage, in a
// folder apart, where no package of this project is found by chance. The journeys run against it. Parameters take the
// place of the image's command, as with `docker run IMAGE COMMAND`.
/** Comes from outside, as with `docker run --env`, or is the machine's. */
const GIVEN = /^(GOLDSMITH_|AWS_|OTEL_|DATABASE_URL|NODE_EXTRA_CA_CERTS)|^(PORT|HOST|PATH|HOME|TMPDIR)$/;

await buildIfNeeded();
makeBillOfMaterials();
const image = readImage(readFileSync(join(projectRoot, "Dockerfile"), "utf8"));
const root = mkdtempSync(join(tmpdir(), "goldsmith-container-"));
assembleImage(image, { from: projectRoot, to: root });
const given = Object.entries(process.env).filter(([name]) => GIVEN.test(name));
const chosen = process.argv.slice(2);
const [command, ...parameters] = chosen.length > 0 ? chosen : image.command;
const child = spawn(command === "node" ? process.execPath : command, parameters, {
  cwd: root,
  env: { ...image.environment, ...Object.fromEntries(given) },
  stdio: "inherit",
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code, signal) => {
  rmSync(root, { recursive: true, force: true });
  if (signal) process.stderr.write(`The container's console was ended by ${signal}.\n`);
  process.exit(code ?? 1);
});

/** As the Dockerfile's first stage does after its build. */
function makeBillOfMaterials() {
  const list = openSync(join(projectRoot, ".next/sbom.cdx.json"), "w");
  const made = spawnSync(process.execPath, ["scripts/sbom.mjs"], {
    cwd: projectRoot,
    stdio: ["ignore", list, "inherit"],
  });
  if (made.status !== 0) throw new Error("The list of what ships could not be made (npm run sbom).");
}
