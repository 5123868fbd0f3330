import "server-only";
import { HOUR_MS } from "@/lib/core/time";
import type { ImageBuild } from "@/lib/image-builder/image-builds/types";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { KeptLogs } from "./kept/kept-logs";
import { hasOwnGroup, openBuildLog } from "./open-build-log";
import { LOG_START } from "./tail/log-chunk";

/** Older ones were not seen to end: they are kept when somebody reads them, so that a backfill reads no logs. */
const JUST_ENDED_MS = HOUR_MS;
/** Late lines come within minutes of the end. */
const GIVE_UP_AFTER_MS = 600_000;

/** Reads the log of a build that has just ended to its end, which keeps it: it outlives CloudWatch's retention. */
export async function keepBuildLog(
  ctx: UseCaseContext,
  build: Pick<ImageBuild, "log" | "arn" | "endedAt">,
): Promise<void> {
  const { arn, endedAt } = build;
  if (!hasOwnGroup(build)) return;
  if (!endedAt || ctx.clock.now() - Date.parse(endedAt) > JUST_ENDED_MS) return;
  if ((await new KeptLogs(ctx.database).partCount({ targetId: ctx.target.id, imageArn: arn })) > 0) return;
  const tail = await openBuildLog(ctx, build);
  const ending = tail.follow(LOG_START, AbortSignal.timeout(GIVE_UP_AFTER_MS));
  // Nothing is done with the lines: the tail keeps the log once it has all.
  while (!(await ending.next()).done);
}
