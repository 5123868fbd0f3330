import "server-only";
import { PendingRows } from "./audit/pending-rows";
import { type AwsGateway, createAwsGateway } from "./aws/gateway";
import type { AwsCall } from "./aws/types";
import { type Clock, systemClock } from "./clock";
import type { Config } from "./config";
import { type Database, openDatabase } from "./db/database";
import { databaseFailure } from "./db/database-trouble";
import { logger } from "./logger";
import { countAwsCall } from "./metrics";
import { processConfig } from "./process-config";
import { processSingleton } from "./process-singleton";
import { traceAwsCall } from "./tracing";

/** What one process holds open. */
export type Runtime = {
  config: Config;
  clock: Clock;
  /** Opened at the first call; throws `unavailable` while it is away, and tries again at the next. Reads of AWS need none. */
  database: () => Promise<Database>;
  aws: AwsGateway;
  /** What was done while the database went away and is not on record yet. */
  pendingAudit: PendingRows;
};

export const runtime = (): Runtime => processSingleton("runtime", () => createRuntime(processConfig()));

function createRuntime(config: Config): Runtime {
  const clock = systemClock;
  const database = openedOnce(() => openDatabase(config.database));
  return {
    config,
    clock,
    database,
    pendingAudit: new PendingRows(database, clock, (row) =>
      logger().error({ auditRow: row }, "done, but not on record: the database does not answer"),
    ),
    aws: createAwsGateway({ aws: config.aws, clock, onCall: noteAwsCall }),
  };
}

function noteAwsCall(call: AwsCall): void {
  countAwsCall(call);
  traceAwsCall(call);
}

function openedOnce<Value>(open: () => Promise<Value>): () => Promise<Value> {
  let opened: Promise<Value> | undefined;
  return () => {
    opened ??= open().catch((error: unknown) => {
      opened = undefined;
      throw databaseFailure(error);
    });
    return opened;
  };
}
