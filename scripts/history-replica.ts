/** A process that only syncs the history, as each replica of a console does: for tests that kill one. */
import { startHistorySync } from "../lib/history/sync/sync-service";
import { openRuntime } from "../lib/process/create-runtime";

startHistorySync(openRuntime());
