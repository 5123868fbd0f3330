import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleCommands } from "./bundle-commands.mjs";
import { runCommand } from "./run-command.mjs";
import { compressStaticFiles } from "./static-files.mjs";

export const projectRoot = fileURLToPath(new URL("..", import.meta.url));

/** What `next build` reads; a change in any of these asks for a new build. */
const SOURCES = [
  "app",
  "components",
  "languages",
  "lib",
  "public",
  "simulator",
  "instrumentation.ts",
  "instrumentation-client.ts",
  "proxy.ts",
  "next.config.js",
  "postcss.config.mjs",
  "tsconfig.json",
  // What it leaves is compressed by this.
  "scripts/static-files.mjs",
  // These become JavaScript for the container.
  "scripts/bundle-commands.mjs",
  "scripts/verify-audit.ts",
  "package.json",
  "package-lock.json",
];
/** npm waits for ever for a package whose download stops in the middle; the next attempt has what came before it. */
const INSTALL_WITHIN_MS = 4 * 60_000;
const INSTALL_ATTEMPTS = 3;
const NOT_BUILT = /\.test\.tsx?$|^(node_modules|dist)$/;

/** @returns {Promise<boolean>} true when packages had to be installed. Throws with npm's words when it fails. */
export async function installIfNeeded() {
  const lock = readJson(join(projectRoot, "package-lock.json"));
  const record = readJson(join(projectRoot, "node_modules/.package-lock.json"));
  if (lock && record && isInstalled(lock.packages, record.packages)) return false;
  // The build needs the development packages too, whatever NODE_ENV says.
  let said = "";
  for (let attempt = 0; attempt < INSTALL_ATTEMPTS; attempt++) {
    const { ok, output } = await runNpm(
      ["ci", "--include=dev", "--prefer-offline", "--no-audit", "--no-fund"],
      {
        quiet: true,
        timeoutMs: INSTALL_WITHIN_MS,
      },
    );
    if (ok) return true;
    said = output.trim();
  }
  throw new Error(`The packages could not be installed (npm ci):\n${said}`);
}

/**
 * Compares the lock file with npm's own record of what lies in node_modules, written at the end of an
 * install: packages for another platform may be absent, everything else has the locked version. A package of this
 * project is a link, which has no version but the folder that it leads to.
 * @typedef {{ version?: string, link?: boolean, resolved?: string }} Package
 * @param {Record<string, Package & { optional?: boolean, devOptional?: boolean, peer?: boolean }>} locked
 * @param {Record<string, Package>} installed
 */
export function isInstalled(locked, installed) {
  return Object.entries(locked).every(([path, { version, link, resolved, optional, devOptional }]) => {
    if (path === "") return true;
    const found = installed[path];
    if (!found) return Boolean(optional || devOptional);
    return link
      ? Boolean(found.link) && found.resolved === resolved
      : !found.link && found.version === version;
  });
}

/** @returns {Promise<boolean>} true when there was something to build. Throws with Next's words when it fails. */
export async function buildIfNeeded() {
  const fingerprint = fingerprintOf(projectRoot);
  const stampPath = join(projectRoot, ".next/goldsmith-build.json");
  const stamp = readJson(stampPath);
  const buildId = () => readText(join(projectRoot, ".next/BUILD_ID"));
  // The id shows that the build lying there is the one that was stamped, not one made by hand since.
  if (stamp?.fingerprint === fingerprint && stamp.buildId === buildId()) return false;
  const { ok, output } = await runCommand(process.execPath, ["node_modules/next/dist/bin/next", "build"], {
    cwd: projectRoot,
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    quiet: true,
  });
  if (!ok) throw new Error(`The console could not be built (next build):\n${output.trim()}`);
  await Promise.all([compressStaticFiles(projectRoot), bundleCommands(projectRoot)]);
  writeFileSync(stampPath, JSON.stringify({ fingerprint, buildId: buildId() }));
  return true;
}

/**
 * One hash over the names and contents of everything the build reads.
 * @param {string} root
 */
export function fingerprintOf(root) {
  const hash = createHash("sha256");
  for (const source of SOURCES) addToHash(hash, root, source);
  return hash.digest("hex");
}

function addToHash(hash, root, path) {
  let entries;
  try {
    entries = readdirSync(join(root, path), { withFileTypes: true });
  } catch {
    const text = readText(join(root, path));
    if (text !== null) hash.update(`${path}\0${text.length}\0${text}`);
    return;
  }
  const names = entries.map((entry) => entry.name).sort();
  for (const name of names) if (!NOT_BUILT.test(name)) addToHash(hash, root, `${path}/${name}`);
}

/**
 * Runs npm itself, the same one that started this command where it did.
 * @param {string[]} parameters
 * @param {{ quiet?: boolean, env?: NodeJS.ProcessEnv }} [options]
 */
export function runNpm(parameters, options = {}) {
  const npm = process.env.npm_execpath;
  return npm?.endsWith("npm-cli.js")
    ? runCommand(process.execPath, [npm, ...parameters], { cwd: projectRoot, ...options })
    : runCommand("npm", parameters, { cwd: projectRoot, ...options });
}

function readText(path) {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return null;
  }
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return null;
  }
}
