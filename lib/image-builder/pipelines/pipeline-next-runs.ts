import "server-only";
import type { ImagePipeline } from "@aws-sdk/client-imagebuilder";
import { isTimeZone } from "@/lib/core/zoned-time";
import { nextRuns } from "@/lib/schedule/next-runs";
import { parseSchedule } from "@/lib/schedule/parse-schedule";

/**
 * The next instants, ISO 8601, at which AWS looks whether to build; none for a disabled pipeline, one without a
 * schedule, or one whose schedule this console cannot read.
 */
export function pipelineNextRuns(
  { status, schedule, dateNextRun, dateUpdated }: ImagePipeline,
  { nowMs, count }: { nowMs: number; count: number },
): string[] {
  const { scheduleExpression, timezone = "UTC" } = schedule ?? {};
  if (status === "DISABLED" || !scheduleExpression || !isTimeZone(timezone)) return [];
  const parsed = parseSchedule(scheduleExpression);
  if (!parsed.ok) return [];
  // A rate counts from when it was set; the next run that AWS names is on the same beat.
  const anchorMs = Date.parse(dateNextRun ?? dateUpdated ?? "");
  return nextRuns(parsed.schedule, {
    timezone,
    afterMs: nowMs,
    count,
    anchorMs: Number.isNaN(anchorMs) ? undefined : anchorMs,
  }).map((instant) => new Date(instant).toISOString());
}
