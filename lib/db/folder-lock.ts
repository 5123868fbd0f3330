import "server-only";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Takes a data folder for this process: PGlite does not notice a second one on the same files and both would
 * spoil them. What a killed process left behind is taken over. Throws one line for the person at the shell.
 */
export function lockFolder(folder: string): { release(): void } {
  const file = join(folder, "in-use-by");
  const holder = Number(readText(file));
  if (holder !== process.pid && isAlive(holder)) {
    throw new Error(
      `The database in ${folder} is in use by process ${holder}. Stop that one, or choose another folder with GOLDSMITH_DATA.`,
    );
  }
  writeFileSync(file, String(process.pid));
  return { release: () => rmSync(file, { force: true }) };
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It lives, but belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
