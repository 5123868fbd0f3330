import type { HistoryStanding, IndexedBuild } from "@/lib/history/types";

/** Where a pipeline stands now. */
export type PipelineStanding = {
  /** Absent for one that never ran. */
  lastBuild?: IndexedBuild;
  /** Equal results in a row up to the newest that succeeded or bad. `since`: when the first of them began. */
  streak?: { result: "succeeded" | "failed"; count: number; since: string };
  /** The newest failure; only while the streak is one. */
  lastFailed?: IndexedBuild;
  /** ISO 8601. */
  lastGoodAt?: string;
  /** How old its latest successful image may be. */
  freshWithinDays: number;
};

/**
 * What the index knows of a pipeline, and over it `news`: its builds that are not in the index or came to something
 * else since, newest first.
 */
export function standingOf(
  known: HistoryStanding | undefined,
  news: IndexedBuild[],
  freshWithinDays: number,
): PipelineStanding {
  const { pipeline: _, ...before } = known ?? { pipeline: "", freshWithinDays };
  return news.toReversed().reduce<PipelineStanding>(withBuild, before);
}

function withBuild(standing: PipelineStanding, build: IndexedBuild): PipelineStanding {
  const { lastBuild, streak, lastGoodAt = "" } = standing;
  const isLatest = !lastBuild || build.createdAt >= lastBuild.createdAt;
  const next = isLatest ? { ...standing, lastBuild: build } : standing;
  const { result } = build;
  if (result !== "succeeded" && result !== "failed") return next;
  const isSame = streak?.result === result;
  const { lastFailed: _, ...others } = next;
  return {
    ...others,
    streak: isSame ? { ...streak, count: streak.count + 1 } : { result, count: 1, since: build.createdAt },
    ...(result === "failed" && { lastFailed: build }),
    ...(result === "succeeded" && build.createdAt > lastGoodAt && { lastGoodAt: build.createdAt }),
  };
}
