import "server-only";
import type { Config } from "@/lib/config/config";
import { processConfig } from "@/lib/config/process-config";
import { processSingleton } from "@/lib/core/process-singleton";
import { keepInventories } from "@/lib/fleet/groups/keep-inventories";
import { watchRollOuts } from "@/lib/fleet/roll-outs/watch-roll-outs";
import { startMetricSender } from "@/lib/history/cloudwatch/metric-sender";
import { startHistorySync } from "@/lib/history/sync/sync-service";
import { countStreams } from "@/lib/http/open-streams";
import { answerPoll } from "@/lib/http/poll-door";
import { stampRequests } from "@/lib/http/stamp-requests";
import { startNotificationSender } from "@/lib/notifications/notification-sender";
import { takeConsoleLines } from "@/lib/telemetry/console-lines";
import { logger } from "@/lib/telemetry/logger";
import { countRequestEnd, measureOpenStreams } from "@/lib/telemetry/metrics";
import type { EndedRequest } from "@/lib/telemetry/types";
import { oidcSessions } from "@/lib/use-case/session";
import { openRuntime } from "./create-runtime";
import { startDeletions } from "./delete-what-is-over";
import { prepareToStop } from "./prepare-to-stop";
import { watchAddedTargets } from "./watch-added-targets";
import { watchTargetAccounts } from "./watch-target-accounts";

/**
 * Starts what works beside the requests: the database with its migrations and, when this process has one, the
 * simulator. What a person at the shell must put right ends the process with its reason; a PostgreSQL that is
 * away is none of that, since it may come back: /api/ready says so until then.
 */
export async function startConsole(): Promise<void> {
  try {
    takeConsoleLines();
    measureOpenStreams(countStreams);
    const {
      simulator,
      dataFolder,
      database: place,
      history,
      trustedProxies,
      sendsTraces,
      fleetMinutes,
    } = processConfig();
    const stopTracing = sendsTraces
      ? (await import("@/lib/telemetry/start-tracing")).startTracing()
      : undefined;
    stampRequests({ trusted: trustedProxies, ignorePort: simulator?.port, onEnd: noteRequest });
    processSingleton("answer-poll", () => answerPoll);
    const running = openRuntime();
    const { database, pendingAudit } = running;
    const opening = database();
    // Who owns the folder is known before anything else touches it.
    if (place.kind === "pglite") await opening.catch(throwCause);
    const closeSimulator = simulator && (await openSimulator({ ...simulator, dataFolder }));
    const added = watchAddedTargets(running);
    // Those who come first find them there; a database that is away holds nobody up.
    if (place.kind === "pglite") await added.read;
    const sync = history.ratePerSecond > 0 ? startHistorySync(running) : undefined;
    const sender = startNotificationSender(running);
    const metrics = startMetricSender(running);
    const rollOuts = watchRollOuts(running);
    const inventories = fleetMinutes > 0 ? keepInventories(running) : undefined;
    const accounts = watchTargetAccounts(running);
    const deletions = startDeletions({ ...running, sessions: oidcSessions });
    prepareToStop(async () => {
      accounts.stop();
      deletions.stop();
      added.stop();
      await sync?.stop();
      await sender.stop();
      await metrics.stop();
      await rollOuts.stop();
      await inventories?.stop();
      await pendingAudit.flush();
      await opening.then(({ close }) => close()).catch(() => undefined);
      await closeSimulator?.();
      await stopTracing?.();
    });
    await opening.catch((error: unknown) => {
      logger().error({ err: error }, "the database is not available");
    });
  } catch (error) {
    // Next would report it and serve on.
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}

function throwCause(error: unknown): never {
  throw error instanceof Error && error.cause ? error.cause : error;
}

/** Polls come every other second from every tab: only what changes something or fails is told at the usual level. */
function noteRequest(request: EndedRequest): void {
  countRequestEnd(request);
  const level = request.status >= 500 ? "error" : request.status >= 400 ? "warn" : "debug";
  logger()[request.method === "GET" || request.method === "HEAD" || level !== "debug" ? level : "info"](
    request,
    "request",
  );
}

async function openSimulator(
  options: NonNullable<Config["simulator"]> & { dataFolder: string },
): Promise<() => Promise<void>> {
  // A console of real accounts never loads it.
  const { startOwnSimulator } = await import("./own-simulator");
  const { url, close } = await startOwnSimulator(options);
  logger().info({ url }, "simulator started");
  return close;
}
