import "server-only";
import type { historyBuilds } from "@/lib/db/history-schema";
import { isInFlight } from "@/lib/image-builder/image-builds/build-status";
import type { ImageBuildSummary } from "@/lib/image-builder/image-builds/types";
import { dayAt } from "../calendar-day";

export type NewBuildRow = typeof historyBuilds.$inferInsert;
export type BuildResult = NewBuildRow["result"];

/** What a status says about how the build ended; a deleted image had been built, as far as the status tells. */
export function resultOf(status: string): BuildResult {
  if (isInFlight(status)) return "running";
  if (status === "FAILED") return "failed";
  return status === "CANCELLED" ? "cancelled" : "succeeded";
}

/** A row from what a list says. Undefined for a build without a date, which belongs to no day. */
export function listedBuild(
  build: ImageBuildSummary,
  { targetId, timeZone, seenAt }: { targetId: string; timeZone: string; seenAt: Date },
): NewBuildRow | undefined {
  const createdAt = new Date(build.createdAt);
  if (Number.isNaN(createdAt.getTime())) return undefined;
  return {
    targetId,
    arn: build.arn,
    name: build.name,
    version: build.version,
    build: build.build,
    displayName: build.displayName,
    pipeline: build.pipelineName ?? "",
    status: build.status,
    result: resultOf(build.status),
    reason: build.reason,
    createdAt,
    day: dayAt(timeZone, createdAt.getTime()),
    buildType: build.buildType,
    imageType: build.type,
    platform: build.platform,
    osVersion: build.osVersion,
    amis: build.amis.map(({ region, amiId }) => ({ region, amiId })),
    seenAt,
  };
}
