import type { Image, ImageState, ImageSummary, ImageVersion } from "@aws-sdk/client-imagebuilder";
import { parentArn } from "./arns";
import { isoDate } from "./handlers";
import type { ImageBuildRow } from "./image-build-row";
import { type BuildState, buildStateOf } from "./image-build-state";
import { scanStateOf } from "./scan-findings";
import type { ImageBuilderStore } from "./store";

/** As GetImage gives it. `state.failureContext` is newer than the SDK's types. */
export function toImage(store: ImageBuilderStore, row: ImageBuildRow, now: number): Image {
  const state = buildStateOf(store, row, now);
  const { pipeline, imageRecipe, containerRecipe, distribution, scanning, infrastructure } = row;
  return {
    arn: row.arn,
    type: row.type,
    name: row.name,
    version: `${row.version}/${row.buildNumber}`,
    platform: row.platform,
    enhancedImageMetadataEnabled: row.metadataEnabled,
    osVersion: row.osVersion,
    state: imageState(state),
    imageRecipe,
    containerRecipe,
    ...(pipeline && { sourcePipelineName: pipeline.name, sourcePipelineArn: pipeline.arn }),
    infrastructureConfiguration: infrastructure,
    distributionConfiguration: distribution,
    imageTestsConfiguration: row.tests,
    dateCreated: isoDate(row.startedAt),
    outputResources: outputResources(state),
    tags: row.tags,
    buildType: row.buildType,
    imageSource: row.imageSource,
    scanState: scanStateOf(store, row, now),
    imageScanningConfiguration: scanning,
    ...(row.deprecationTime && { deprecationTime: new Date(row.deprecationTime) }),
    ...(row.lifecycle && { lifecycleExecutionId: row.lifecycle.executionId }),
    executionRole: row.executionRole,
    workflows: row.workflows,
    loggingConfiguration: row.logGroupName ? { logGroupName: row.logGroupName } : undefined,
  };
}

/** As the lists of build versions give it. */
export function toImageSummary(store: ImageBuilderStore, row: ImageBuildRow, now: number): ImageSummary {
  const state = buildStateOf(store, row, now);
  return {
    arn: row.arn,
    name: row.name,
    type: row.type,
    version: `${row.version}/${row.buildNumber}`,
    platform: row.platform,
    osVersion: row.osVersion,
    state: imageState(state),
    owner: store.account,
    dateCreated: isoDate(row.startedAt),
    outputResources: outputResources(state),
    tags: row.tags,
    buildType: row.buildType,
    imageSource: row.imageSource,
    ...(row.deprecationTime && { deprecationTime: new Date(row.deprecationTime) }),
    ...(row.lifecycle && { lifecycleExecutionId: row.lifecycle.executionId }),
    loggingConfiguration: row.logGroupName ? { logGroupName: row.logGroupName } : undefined,
  };
}

/** As ListImages gives it: a version, from its newest build. */
export function toImageVersion(store: ImageBuilderStore, row: ImageBuildRow): ImageVersion {
  const { name, type, version, platform, osVersion, buildType, imageSource, startedAt } = row;
  const dateCreated = isoDate(startedAt);
  const owner = store.account;
  return {
    arn: parentArn(row.arn),
    name,
    type,
    version,
    platform,
    osVersion,
    owner,
    dateCreated,
    buildType,
    imageSource,
  };
}

function imageState({ status, reason, failureContext }: BuildState): ImageState {
  const state = { status, reason, failureContext };
  return state as ImageState;
}

/** While a build has nothing yet, `amis` is there and empty, as AWS has it. */
function outputResources({ outputs }: BuildState): ImageSummary["outputResources"] {
  const { amis, containers } = outputs;
  return {
    amis: amis.map((ami) => ({ ...ami, state: { status: "AVAILABLE" as const } })),
    ...(containers.length > 0 && { containers }),
  };
}
