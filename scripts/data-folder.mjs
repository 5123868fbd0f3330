import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { readSimulatorPort } from "./listen-address.mjs";

/**
 * Where this console keeps its database and its simulator's state; null when it keeps nothing, which is with
 * PostgreSQL and real AWS: a read-only disk is fine then.
 * @param {Record<string, string | undefined>} env
 * @param {string} root
 */
export function dataFolderOf(env, root) {
  if ((env.DATABASE_URL || env.DATABASE_URL_FILE) && readSimulatorPort(env) === null) return null;
  return resolve(root, env.GOLDSMITH_DATA || ".data");
}

/**
 * Makes the folder and throws a sentence when it cannot be written to.
 * @param {string} folder
 */
export function assertFolderIsWritable(folder) {
  const probe = join(folder, `.write-test-${process.pid}`);
  try {
    makeFolder(folder);
    writeFileSync(probe, "");
    rmSync(probe);
  } catch (error) {
    throw new Error(
      `The data folder ${folder} cannot be written to (${error.code}). Change its rights, or choose another with GOLDSMITH_DATA.`,
    );
  }
}

/** Node's own recursive mkdir never returns where the parent exists and refuses, as /proc does. */
function makeFolder(folder) {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
}
