import "server-only";
import type { PendingRows } from "@/lib/audit/pending-rows";
import type { AwsGateway } from "@/lib/aws/gateway";
import type { Config } from "@/lib/config/config";
import type { Clock } from "@/lib/core/clock";
import { processSingleton } from "@/lib/core/process-singleton";
import type { Database } from "@/lib/db/database";

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

/** Takes what the composition root opened; the first one stays. */
export const provideRuntime = (create: () => Runtime): Runtime => processSingleton("runtime", create);

/** What this process holds open. Throws before `lib/process` has provided it. */
export const runtime = (): Runtime =>
  provideRuntime(() => {
    throw new Error("This process has no runtime: lib/process provides one at start-up.");
  });
