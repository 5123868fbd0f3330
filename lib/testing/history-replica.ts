/** A process that only syncs the history, as each replica of a console does: for tests that kill one. */
import { startHistorySync } from "../history/sync/sync-service";
import { runtime } from "../runtime";

startHistorySync(runtime());
