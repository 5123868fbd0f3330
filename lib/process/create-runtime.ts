import "server-only";
import { PendingRows } from "@/lib/audit/pending-rows";
import { createAwsGateway } from "@/lib/aws/gateway";
import type { Config } from "@/lib/config/config";
import { processConfig } from "@/lib/config/process-config";
import { orAfter, systemClock } from "@/lib/core/clock";
import { openDatabase } from "@/lib/db/database";
import { DatabaseAway, databaseFailure } from "@/lib/db/database-trouble";
import { logger } from "@/lib/telemetry/logger";
import { countAwsCall } from "@/lib/telemetry/metrics";
import { traceAwsCall } from "@/lib/telemetry/tracing";
import type { AwsCall } from "@/lib/telemetry/types";
import { provideRuntime, type Runtime } from "@/lib/use-case/runtime";

/** How long somebody waits for a PostgreSQL that is opened again, which may take a migration. */
const REOPENING_MS = 3_000;

/** Opens what this process holds, once; what it connects to is opened at its first use. */
export const openRuntime = (): Runtime => provideRuntime(() => createRuntime(processConfig()));

function createRuntime(config: Config): Runtime {
  const clock = systemClock;
  const database = openedOnce(() => openDatabase(config.database));
  return {
    config,
    clock,
    database,
    pendingAudit: new PendingRows(database, clock, (row, why) =>
      logger().error({ auditRow: row }, NOT_ON_RECORD[why]),
    ),
    aws: createAwsGateway({
      aws: config.aws,
      clock,
      onCall: noteAwsCall,
      listCallsPerMinute: config.listCallsPerMinute,
    }),
  };
}

const NOT_ON_RECORD = {
  waiting: "done, but not recorded yet: the database is not responding",
  refused: "done, but not recorded: the database rejects the row",
};

function noteAwsCall(call: AwsCall): void {
  countAwsCall(call);
  traceAwsCall(call);
}

/** The first call waits for as long as it takes: nobody is served before. */
function openedOnce<Value>(open: () => Promise<Value>): () => Promise<Value> {
  let opened: Promise<Value> | undefined;
  let isFirst = true;
  let isOpen = false;
  const openNow = () =>
    open().then(
      (value) => {
        isOpen = true;
        return value;
      },
      (error: unknown) => {
        opened = undefined;
        throw databaseFailure(error);
      },
    );
  return () => {
    opened ??= openNow();
    const isPatient = isFirst || isOpen;
    isFirst = false;
    return isPatient
      ? opened
      : orAfter(REOPENING_MS, opened, () => {
          throw databaseFailure(new DatabaseAway("The database is still being opened."));
        });
  };
}
