import "server-only";
import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "@/lib/config/config";
import { ConsoleFailure } from "@/lib/core/failure";
import { openSealer, type Sealer } from "@/lib/core/sealed-text";

/**
 * What encrypts receivers' addresses: GOLDSMITH_SECRET or, where one process has its own database, a key in the data
 * folder. Throws `invalid` where several replicas would have no key in common.
 */
export function openAddressSealer({
  notifications,
  database,
  dataFolder,
}: Pick<Config, "notifications" | "database" | "dataFolder">): Sealer {
  const { secrets } = notifications;
  if (secrets.length === 0 && database.kind === "postgres")
    throw new ConsoleFailure({
      code: "invalid",
      message:
        "Set GOLDSMITH_SECRET first: the addresses of receivers are encrypted with it. (openssl rand -base64 32)",
    });
  return openSealer(secrets.length > 0 ? secrets : [keptKey(dataFolder)], "goldsmith receivers");
}

function keptKey(dataFolder: string): string {
  const file = join(dataFolder, "receivers.key");
  mkdirSync(dataFolder, { recursive: true });
  try {
    writeFileSync(file, randomBytes(32).toString("base64"), { mode: 0o600, flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  return readFileSync(file, "utf8");
}
