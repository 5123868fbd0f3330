import "server-only";
import { processSingleton } from "@/lib/core/process-singleton";

export type StartedBuild = { arn: string; pipelineArn: string; startedAtMs: number };

/** Lists lag behind by up to two minutes: https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_ListImages.html */
const LIST_LAG_MS = 5 * 60_000;

const started = () => processSingleton("recent-builds", () => new Map<string, StartedBuild[]>());

/** Keeps a build that this console just started, so that lists show it before AWS's do. */
export function rememberStartedBuild(targetId: string, build: StartedBuild): void {
  const kept = recentBuilds(targetId, build.startedAtMs);
  started().set(targetId, [...kept, build]);
}

/** Builds started here so lately that AWS's lists may not have them yet. */
export function recentBuilds(targetId: string, nowMs: number): StartedBuild[] {
  return (started().get(targetId) ?? []).filter(({ startedAtMs }) => nowMs - startedAtMs < LIST_LAG_MS);
}
