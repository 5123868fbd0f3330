import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { projectRoot } from "./prepare-project.mjs";
import { runCommand } from "./run-command.mjs";

/** Debian's package of Chromium without windows: the same engine, and less work for what nobody sees. */
const SHELL = "chromium-headless-shell";
const SYSTEM_NAMES = [SHELL, "chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
const isRoot = process.getuid?.() === 0;

/** What every start of the browser gets: nothing leaves the machine; root cannot have Chromium's sandbox. */
export const browserFlags = [
  "--disable-quic",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  ...(isRoot ? ["--no-sandbox"] : []),
];

/** @returns {string | undefined} path of a Chromium that is here and runs: Playwright's own, else the system's. */
export function findBrowser() {
  return [playwrightBrowser(), ...systemBrowsers()].find((path) => isExecutable(path) && starts(path));
}

/**
 * The same, after getting one where there is none: from Playwright, else from the system's packages.
 * Throws a sentence when none can be had.
 */
export async function findOrInstallBrowser() {
  const present = findBrowser();
  if (present) return present;
  await runCommand(process.execPath, ["node_modules/@playwright/test/cli.js", "install", "chromium"], {
    cwd: projectRoot,
    quiet: true,
    timeoutMs: 120_000,
  });
  if (!findBrowser() && isRoot && systemCommand("apt-get")) {
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    await runCommand("apt-get", ["update"], { env, quiet: true, timeoutMs: 120_000 });
    for (const name of [SHELL, "chromium"]) {
      if (!findBrowser())
        await runCommand("apt-get", ["install", "-y", name], { env, quiet: true, timeoutMs: 300_000 });
    }
  }
  const installed = findBrowser();
  if (installed) return installed;
  throw new Error(
    "No Chromium: install one (`npx playwright install chromium`, or your system's `chromium`).",
  );
}

function playwrightBrowser() {
  const { chromium } = createRequire(import.meta.url)("@playwright/test");
  return chromium.executablePath();
}

function systemBrowsers() {
  return SYSTEM_NAMES.map(systemCommand).filter((path) => path !== undefined);
}

function systemCommand(name) {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

/** A browser that was only downloaded may still miss libraries of the system. */
function starts(path) {
  return spawnSync(path, ["--version"], { stdio: "ignore", timeout: 20_000 }).status === 0;
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
