import { bucketMs, bucketOf } from "@/lib/history/duration-buckets";
import type { MadeBuild, MadeStep } from "./history-rows";

/** Figures of builds worked out in plain code, for tests that hold SQL to them. */
export const between = (builds: MadeBuild[], from: string, to: string) =>
  builds.filter(({ day }) => day >= from && day <= to);
const count = (builds: MadeBuild[], result: string) =>
  builds.filter((build) => build.result === result).length;
export const counts = (builds: MadeBuild[]) => ({
  succeeded: count(builds, "succeeded"),
  failed: count(builds, "failed"),
  cancelled: count(builds, "cancelled"),
  running: count(builds, "running"),
});
export const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
export const newestFirst = (builds: MadeBuild[]) => builds.toSorted((a, b) => b.createdAtMs - a.createdAtMs);
export const keyOf = ({ targetId, pipeline }: { targetId: string; pipeline: string }) =>
  `${targetId}/${pipeline}`;
export function groupBy(builds: MadeBuild[], key: (build: MadeBuild) => string): Map<string, MadeBuild[]> {
  const groups = new Map<string, MadeBuild[]>();
  for (const build of builds) groups.set(key(build), [...(groups.get(key(build)) ?? []), build]);
  return groups;
}
export const refOf = ({ targetId, name, version, build }: MadeBuild) => ({
  target: targetId,
  name,
  version,
  build,
});
export const hasMeasure = ({ durationMs }: MadeBuild) => durationMs !== undefined;
export function groupSteps(steps: MadeStep[]): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (const { stage, name, durationMs } of steps) {
    const key = `${stage}/${name}`;
    groups.set(key, [...(groups.get(key) ?? []), durationMs]);
  }
  return groups;
}
export const mapValues = <Value, Other>(groups: Map<string, Value>, change: (value: Value) => Other) =>
  new Map([...groups].map(([key, value]) => [key, change(value)]));
export const hasEnded = ({ result }: MadeBuild) => result === "succeeded" || result === "failed";

/** By the nearest rank over the durations themselves. */
export function exactPercentile(durations: number[], share: number): number {
  const sorted = durations.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
}
export function percentiles(durations: number[]) {
  return {
    count: durations.length,
    p50Ms: bucketMs(bucketOf(exactPercentile(durations, 0.5))),
    p95Ms: bucketMs(bucketOf(exactPercentile(durations, 0.95))),
  };
}
export function findingCounts(builds: MadeBuild[]) {
  const critical = sum(builds.map(({ findingsCritical }) => findingsCritical ?? 0));
  const high = sum(builds.map(({ findingsHigh }) => findingsHigh ?? 0));
  const medium = sum(builds.map(({ findingsMedium }) => findingsMedium ?? 0));
  const all = sum(builds.map(({ findingsAll }) => findingsAll ?? 0));
  return { critical, high, medium, other: all - critical - high - medium };
}

/** What a build was made of that the ended one before it, of the same pipeline, was not. */
export function changesBetween(old: MadeBuild | undefined, build: MadeBuild) {
  if (!old || !hasEnded(build) || !build.pipeline) return [];
  const recipe = (of: MadeBuild) => `${of.recipeName} ${of.recipeVersion}`;
  const versions = (of: MadeBuild) =>
    new Map((of.components ?? []).map(({ name, version }) => [name, version]));
  const names = [...new Set([...versions(old).keys(), ...versions(build).keys()])].toSorted();
  return [
    { kind: "base", name: "base image", before: old.baseAmi, after: build.baseAmi },
    ...names.map((name) => ({
      kind: "component",
      name,
      before: versions(old).get(name),
      after: versions(build).get(name),
    })),
    { kind: "recipe", name: "recipe", before: recipe(old), after: recipe(build) },
  ]
    .filter((change) => change.before !== change.after)
    .map((change) => Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)));
}
