import type { ImagePipeline } from "@aws-sdk/client-imagebuilder";
import { DAY_MS } from "@/lib/core/time";
import type { WaitingStep } from "@/lib/image-builder/approvals/types";
import type { PipelineSummary } from "@/lib/image-builder/pipelines/types";
import type { PipelineStanding } from "./pipeline-standing";
import type { Attention } from "./types";

/** A pipeline with all that is known of it; without a standing nothing is known of its builds. */
export type KnownPipeline = {
  pipeline: Pick<ImagePipeline, "dateUpdated">;
  summary: Pick<
    PipelineSummary,
    "name" | "status" | "schedule" | "nextRunAt" | "consecutiveFailures" | "tags"
  >;
  standing: PipelineStanding | undefined;
};

const ORDER: Attention["kind"][] = ["failing", "waiting", "stale", "never-runs", "disabled"];

/**
 * One row for each pipeline that needs somebody: of several reasons the one to act on first. A step that waits goes
 * before the failures of builds before it; a disabled pipeline is that before all else, since nothing runs it.
 */
export function attentionOf(pipelines: KnownPipeline[], waiting: WaitingStep[], nowMs: number): Attention[] {
  const owners = new Map(pipelines.map(({ summary: { name, tags } }) => [name, ownerOf(tags)]));
  const waitingRows = waiting.map(
    ({ pipelineName, imageName, stepName, build, startedAt, expiresAt }): Attention => ({
      kind: "waiting",
      pipelineName,
      owner: owners.get(pipelineName ?? ""),
      since: startedAt,
      imageName,
      stepName,
      build,
      expiresAt,
    }),
  );
  const firstOfEach = waitingRows.filter(
    ({ pipelineName }, index) =>
      !pipelineName || waitingRows.findIndex((row) => row.pipelineName === pipelineName) === index,
  );
  const busy = new Set(waitingRows.map(({ pipelineName }) => pipelineName));
  const others = pipelines
    .filter(({ summary: { name } }) => !busy.has(name))
    .flatMap((known) => reasonOf(known, nowMs) ?? []);
  return [...firstOfEach, ...others].toSorted(compareAttention(nowMs));
}

/** What to act on first: by kind, within each what has lasted longest. */
export const compareAttention = (nowMs: number) => (a: Attention, b: Attention) =>
  ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || lengthOf(b, nowMs) - lengthOf(a, nowMs);

function reasonOf({ pipeline, summary, standing }: KnownPipeline, nowMs: number): Attention | undefined {
  const { name, status, schedule, nextRunAt, consecutiveFailures, tags } = summary;
  const row = { pipelineName: name, owner: ownerOf(tags) };
  if (status === "DISABLED") {
    // AWS disables a pipeline by itself once its scheduled builds have failed so often in a row.
    const limit = schedule?.autoDisableFailureCount;
    const byAws = limit !== undefined && (consecutiveFailures ?? 0) >= limit;
    return {
      ...row,
      kind: "disabled",
      since: instantOf(pipeline.dateUpdated),
      ...(byAws && { failures: consecutiveFailures }),
    };
  }
  const { streak, lastFailed, lastGoodAt, freshWithinDays = 0 } = standing ?? {};
  const ageDays = staleDays(standing, nowMs);
  if (streak?.result === "failed" && lastFailed)
    return { ...row, kind: "failing", since: streak.since, count: streak.count, build: lastFailed };
  if (ageDays !== undefined)
    return {
      ...row,
      kind: "stale",
      since: staleSince(lastGoodAt, freshWithinDays),
      ageDays,
      freshWithinDays,
    };
  if (schedule && !nextRunAt && schedule.expression.startsWith("cron"))
    return { ...row, kind: "never-runs", words: schedule.words };
  return undefined;
}

/** How old the latest successful image is, in whole days, where that is more than it may be. */
export function staleDays(standing: PipelineStanding | undefined, nowMs: number): number | undefined {
  const { lastGoodAt = "", freshWithinDays = 0 } = standing ?? {};
  const ageDays = Math.floor((nowMs - Date.parse(lastGoodAt)) / DAY_MS);
  return ageDays >= freshWithinDays ? ageDays : undefined;
}

const staleSince = (lastGoodAt: string | undefined, days: number) =>
  instantOf(new Date(Date.parse(lastGoodAt ?? "") + days * DAY_MS));

/** What of the row says how long it has lasted. */
const lengthOf = (row: Attention, nowMs: number): number =>
  row.kind === "failing" ? row.count : nowMs - Date.parse(row.since ?? new Date(nowMs).toISOString());

function instantOf(date: string | Date | undefined): string | undefined {
  const instant = new Date(date ?? "");
  return Number.isNaN(instant.getTime()) ? undefined : instant.toISOString();
}

const OWNER_TAGS = ["owner", "team", "contact"];

/** Who a pipeline belongs to, by the tag that is named so, in letters of any case. */
function ownerOf(tags: Record<string, string>): string | undefined {
  const named = Object.entries(tags).map(([key, value]) => [key.toLowerCase(), value] as const);
  for (const wanted of OWNER_TAGS) {
    const found = named.find(([key, value]) => key === wanted && value.trim() !== "");
    if (found) return found[1];
  }
  return undefined;
}
