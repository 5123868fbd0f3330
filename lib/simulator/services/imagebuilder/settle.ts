import type { BuildArtifact } from "../../build/types";
import { applyArtifact } from "./build-artifacts";
import type { ImageBuildRow } from "./image-build-row";
import { elapsedMs, snapshotOf } from "./image-build-state";
import type { ImageBuilderStore } from "./store";

/** Brings the other services up to `now`: what builds have made there since they were last looked at. */
export function settle(store: ImageBuilderStore, now: number): void {
  for (const build of store.imageBuilds.values()) {
    if (!build.settled) settleBuild(store, build, now);
  }
}

function settleBuild(store: ImageBuilderStore, build: ImageBuildRow, now: number): void {
  const snapshot = snapshotOf(store, build, now);
  const since = build.settledMs ?? -1;
  const due = snapshot.artifacts.filter((artifact: BuildArtifact) => artifact.atMs > since);
  for (const artifact of due) applyArtifact(store, build, artifact);
  if (due.length === 0 && !snapshot.finished) return;
  const settledMs = elapsedMs(build, now);
  store.imageBuilds.put({ ...build, settledMs, ...(snapshot.finished && { settled: true }) });
}
