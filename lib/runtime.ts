import "server-only";
import { type AwsGateway, createAwsGateway } from "./aws/gateway";
import { type Clock, systemClock } from "./clock";
import type { Config } from "./config";
import { type Database, openDatabase } from "./db/database";
import { countAwsCall } from "./metrics";
import { processConfig } from "./process-config";
import { processSingleton } from "./process-singleton";

/** What one process holds open. */
export type Runtime = {
  config: Config;
  clock: Clock;
  database: Database;
  aws: AwsGateway;
};

/** Closes what is open; the process is about to end. */
export async function closeRuntime(): Promise<void> {
  const running = await slot().current?.catch(() => undefined);
  await running?.database.close();
}

const slot = () =>
  processSingleton("runtime", () => ({ current: undefined as Promise<Runtime> | undefined }));

/** Opens it at the first call; a database that was not there is tried again at the next. */
export function runtime(): Promise<Runtime> {
  const held = slot();
  if (held.current) return held.current;
  const opening = openRuntime(processConfig());
  held.current = opening;
  opening.catch(() => {
    held.current = undefined;
  });
  return opening;
}

async function openRuntime(config: Config): Promise<Runtime> {
  const clock = systemClock;
  const database = await openDatabase(config.database);
  return { config, clock, database, aws: createAwsGateway({ aws: config.aws, clock, onCall: countAwsCall }) };
}
