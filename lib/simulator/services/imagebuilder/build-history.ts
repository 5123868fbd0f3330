import type { ImageBuildRow } from "./image-build-row";
import type { PipelineRow } from "./resource-rows";
import type { ImageBuilderStore } from "./store";

/** All builds of the account here, newest first. */
export function buildsNewestFirst(store: ImageBuilderStore): ImageBuildRow[] {
  return store.imageBuilds.list().sort((left, right) => right.startedAt - left.startedAt);
}

/** The builds of a pipeline, newest first. */
export function pipelineBuilds(
  store: ImageBuilderStore,
  pipeline: Pick<PipelineRow, "arn">,
): ImageBuildRow[] {
  return store.imageBuilds
    .list((row) => row.pipeline?.arn === pipeline.arn)
    .sort((left, right) => right.startedAt - left.startedAt);
}
