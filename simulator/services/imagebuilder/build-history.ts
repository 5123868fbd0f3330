import { parentArn } from "./arns";
import { logGroupOf } from "./build-log-group";
import type { ImageBuildRow } from "./image-build-row";
import type { PipelineRow } from "./resource-rows";
import type { ImageBuilderStore } from "./store";

interface Index {
  revision: number;
  newestFirst: ImageBuildRow[];
  byPipeline: Map<string, ImageBuildRow[]>;
  byVersion: Map<string, ImageBuildRow[]>;
  byLogGroup: Map<string, ImageBuildRow[]>;
  /** Those that may still do something in other services. */
  live: ImageBuildRow[];
}

const NONE: readonly ImageBuildRow[] = [];
const indexes = new WeakMap<ImageBuilderStore, Index>();

/** Worked out again when a build was added or changed: a history is long, and most questions are asked again and again. */
function indexOf(store: ImageBuilderStore): Index {
  const { imageBuilds } = store;
  const known = indexes.get(store);
  if (known?.revision === imageBuilds.revision) return known;
  const newestFirst = imageBuilds.list().sort((left, right) => right.startedAt - left.startedAt);
  const index: Index = {
    revision: imageBuilds.revision,
    newestFirst,
    byPipeline: new Map(),
    byVersion: new Map(),
    byLogGroup: new Map(),
    live: newestFirst.filter(({ history }) => !history).reverse(),
  };
  for (const row of newestFirst) {
    if (row.pipeline) addTo(index.byPipeline, row.pipeline.arn, row);
    addTo(index.byVersion, parentArn(row.arn), row);
    addTo(index.byLogGroup, logGroupOf(row), row);
  }
  indexes.set(store, index);
  return index;
}

function addTo(groups: Map<string, ImageBuildRow[]>, key: string, row: ImageBuildRow): void {
  const group = groups.get(key);
  if (group) group.push(row);
  else groups.set(key, [row]);
}

/** All builds of the account here, newest first. */
export function buildsNewestFirst(store: ImageBuilderStore): readonly ImageBuildRow[] {
  return indexOf(store).newestFirst;
}

/** The builds of a pipeline, newest first. */
export function pipelineBuilds(
  store: ImageBuilderStore,
  { arn }: Pick<PipelineRow, "arn">,
): readonly ImageBuildRow[] {
  return indexOf(store).byPipeline.get(arn) ?? NONE;
}

/** The builds of an image version by its ARN, newest first. */
export function versionBuilds(store: ImageBuilderStore, versionArn: string): readonly ImageBuildRow[] {
  return indexOf(store).byVersion.get(versionArn) ?? NONE;
}

/** Of each image version the build of the highest number among those to keep. */
export function newestOfVersions(
  store: ImageBuilderStore,
  keep: (row: ImageBuildRow) => boolean,
): ImageBuildRow[] {
  return [...indexOf(store).byVersion.values()].flatMap((rows) => {
    let newest: ImageBuildRow | undefined;
    for (const row of rows) {
      if (keep(row) && row.buildNumber > (newest?.buildNumber ?? 0)) newest = row;
    }
    return newest ?? [];
  });
}

/** The builds by the log group they write to, each group newest first. */
export function buildsByLogGroup(store: ImageBuilderStore): ReadonlyMap<string, readonly ImageBuildRow[]> {
  return indexOf(store).byLogGroup;
}

/** The builds that may still do something in other services, oldest first. */
export function liveBuilds(store: ImageBuilderStore): readonly ImageBuildRow[] {
  return indexOf(store).live;
}
