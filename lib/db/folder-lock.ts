import "server-only";
import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";

/**
 * Takes a data folder for this process: PGlite does not notice a second one on the same files and both would
 * spoil them. The lock is the operating system's, on an open file: it ends with the process however that ends, and
 * holds between containers that share a volume, where every console may be process 1. The number in the file is for
 * people only. Throws one line for the person at the shell.
 */
export async function lockFolder(folder: string): Promise<{ release(): Promise<void> }> {
  const file = await open(join(folder, "in-use-by"), "a+");
  try {
    if (!(await isFree(file)))
      throw new Error(
        `The database in ${folder} is in use by process ${await numberIn(file)}. Stop that one, or choose another folder with GOLDSMITH_DATA.`,
      );
    await file.truncate();
    await file.write(String(process.pid));
  } catch (error) {
    await file.close();
    throw error;
  }
  // The file stays: who removed it could take it from under somebody who has just locked it.
  return {
    release: async () => {
      await file.truncate();
      await file.close();
    },
  };
}

async function isFree({ fd }: FileHandle): Promise<boolean> {
  const { tryLock } = await import("fs-native-extensions");
  return tryLock(fd);
}

async function numberIn(file: FileHandle): Promise<string> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(20), 0, 20, 0);
  return /^\d+/.exec(buffer.toString("utf8", 0, bytesRead))?.[0] ?? "of another console";
}
