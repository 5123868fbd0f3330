import { applyArtifact } from "./build-artifacts";
import type { ImageBuildRow } from "./image-build-row";
import { elapsedMs, snapshotOf, timeOf } from "./image-build-state";
import type { ImageBuilderStore } from "./store";

/** When a build next does something elsewhere, of the row it was worked out for. */
const nextLooks = new WeakMap<ImageBuildRow, number>();

/** Brings the other services up to `now`: what builds have made there since they were last looked at. */
export function settle(store: ImageBuilderStore, now: number): void {
  for (const build of store.imageBuilds.values()) {
    if (build.history || (nextLooks.get(build) ?? 0) > now) continue;
    settleBuild(store, build, now);
  }
}

function settleBuild(store: ImageBuilderStore, build: ImageBuildRow, now: number): void {
  const settlement = store.settlements.get(build.arn);
  const interventions = build.interventions?.length ?? 0;
  if (settlement?.done && settlement.interventions === interventions) {
    nextLooks.set(build, Number.POSITIVE_INFINITY);
    return;
  }
  const { artifacts, nextChangeMs, finished } = snapshotOf(store, build, now);
  const due = artifacts.filter((artifact) => artifact.atMs > (settlement?.throughMs ?? -1));
  for (const artifact of due) applyArtifact(store, build, artifact);
  if (due.length > 0 || finished) {
    store.settlements.put({
      arn: build.arn,
      throughMs: elapsedMs(build, now),
      interventions,
      done: finished,
    });
  }
  nextLooks.set(build, nextChangeMs === undefined ? Number.POSITIVE_INFINITY : timeOf(build, nextChangeMs));
}
