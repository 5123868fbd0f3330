import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { dirname, join, resolve } from "node:path";
import { readSimulatorPort } from "./listen-address.mjs";

/**
 * Where this console keeps its database and its simulator's state; null when it keeps nothing, which is with
 * PostgreSQL and real AWS: a read-only disk is fine then.
 * @param {Record<string, string | undefined>} env
 * @param {string} root
 */
export function dataFolderOf(env, root) {
  if (env.DATABASE_URL && readSimulatorPort(env) === null) return null;
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

/**
 * Takes the folder for this process. The embedded database has no lock of its own, and two writers would ruin
 * it: throws a sentence while another console uses the folder. One that was killed has left no claim that counts.
 * @param {string} folder
 * @param {{ host: string, port: number, url: string }} address
 */
export async function claimFolder(folder, address) {
  const path = join(folder, "console.json");
  const claim = readClaim(path);
  if (claim && isAlive(claim.pid) && (await answers(claim))) {
    throw new Error(
      `The data folder ${folder} is in use by the console at ${claim.url}. Stop it, or choose another with GOLDSMITH_DATA.`,
    );
  }
  writeFileSync(path, JSON.stringify({ pid: process.pid, ...address }));
}

function readClaim(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return null;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/** The number of a dead process may belong to another by now; its port tells the two apart. */
function answers({ host, port }) {
  return new Promise((settle) => {
    const socket = connect({ host, port, timeout: 1000 });
    const finish = (result) => {
      socket.destroy();
      settle(result);
    };
    socket.once("connect", () => finish(true));
    socket.once("timeout", () => finish(false));
    socket.once("error", () => finish(false));
  });
}
