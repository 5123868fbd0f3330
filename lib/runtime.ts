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
  /** Opened at the first call; rejects while it is away, and tries again at the next. Reads of AWS need none. */
  database: () => Promise<Database>;
  aws: AwsGateway;
};

export const runtime = (): Runtime => processSingleton("runtime", () => createRuntime(processConfig()));

function createRuntime(config: Config): Runtime {
  const clock = systemClock;
  return {
    config,
    clock,
    database: openedOnce(() => openDatabase(config.database)),
    aws: createAwsGateway({ aws: config.aws, clock, onCall: countAwsCall }),
  };
}

function openedOnce<Value>(open: () => Promise<Value>): () => Promise<Value> {
  let opened: Promise<Value> | undefined;
  return () => {
    opened ??= open().catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    return opened;
  };
}
