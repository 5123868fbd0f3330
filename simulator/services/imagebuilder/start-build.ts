import type {
  BuildType,
  ComponentConfiguration,
  ContainerRecipe,
  ImageRecipe,
  ImageScanningConfiguration,
  ImageTestsConfiguration,
  WorkflowConfiguration,
} from "@aws-sdk/client-imagebuilder";
import type { BuildFault } from "../../factory/types";
import { formatArn, normaliseName, parentArn, parseArn } from "./arns";
import { foreseenFaults } from "./build-faults";
import { findContainerRecipe } from "./container-recipes";
import { documentKey } from "./document-facts";
import { invalidCombination, invalidValue } from "./exceptions";
import { type ImageBuildRow, type UsedComponent, watermarksOf } from "./image-build-row";
import { nestedDocuments } from "./nested-documents";
import { parameterValues } from "./parameter-values";
import { resolveParentImage } from "./parent-image";
import { findImageRecipe } from "./recipes";
import type { PipelineRow } from "./resource-rows";
import { findComponent } from "./sharing";
import type { ImageBuilderStore } from "./store";
import { workflowsInUse } from "./workflow-references";

export interface BuildRequest {
  imageRecipeArn?: string | undefined;
  containerRecipeArn?: string | undefined;
  infrastructureConfigurationArn?: string | undefined;
  distributionConfigurationArn?: string | undefined;
  imageTestsConfiguration?: ImageTestsConfiguration | undefined;
  enhancedImageMetadataEnabled?: boolean | undefined;
  imageScanningConfiguration?: ImageScanningConfiguration | undefined;
  workflows?: WorkflowConfiguration[] | undefined;
  executionRole?: string | undefined;
  logGroupName?: string | undefined;
  tags?: Record<string, string> | undefined;
  pipeline?: { arn: string; name: string };
  buildType: BuildType;
  startedAt: number;
  /** Faster than life; absent: the simulator's speed. */
  speed?: number;
  faults?: BuildFault[];
}

/** Starts a build of a pipeline; one that is disabled can still be started by hand. */
export function startPipelineBuild(
  store: ImageBuilderStore,
  pipeline: PipelineRow,
  run: Pick<BuildRequest, "buildType" | "startedAt" | "tags" | "speed">,
): ImageBuildRow {
  const { arn, name, loggingConfiguration } = pipeline;
  return startBuild(store, {
    ...pipeline,
    ...run,
    logGroupName: loggingConfiguration?.imageLogGroupName,
    pipeline: { arn, name },
  });
}

/** Resolves everything a build is made from, as of its start, and stores the build. */
export function startBuild(store: ImageBuilderStore, request: BuildRequest): ImageBuildRow {
  const imageRecipe = request.imageRecipeArn ? findImageRecipe(store, request.imageRecipeArn) : undefined;
  const containerRecipe = request.containerRecipeArn
    ? findContainerRecipe(store, request.containerRecipeArn)
    : undefined;
  const recipe = imageRecipe ?? containerRecipe;
  if (!recipe)
    return invalidValue(
      request.containerRecipeArn ? "containerRecipeArn" : "imageRecipeArn",
      "The recipe does not exist.",
    );
  const infrastructure = store.infrastructures.get(request.infrastructureConfigurationArn ?? "");
  if (!infrastructure) {
    return invalidValue("infrastructureConfigurationArn", "The infrastructure configuration does not exist.");
  }
  const distribution = distributionOf(store, request.distributionConfigurationArn);
  const usedWorkflows = workflowsInUse(store, request.workflows);
  const components = componentsInUse(store, recipe.components);
  const documents = nestedDocuments(store, components);
  const values = parameterValues(store, components, documents);
  const row: ImageBuildRow = {
    ...nextBuildOf(store, recipe.name, recipe.version),
    ...parentOf(store, recipe, request.startedAt),
    type: containerRecipe ? "DOCKER" : "AMI",
    startedAt: request.startedAt,
    speed: request.speed ?? store.scope.speed,
    buildType: request.buildType,
    imageSource: "CUSTOM",
    ...(request.pipeline && { pipeline: request.pipeline }),
    ...(imageRecipe && { imageRecipe }),
    ...(containerRecipe && { containerRecipe }),
    infrastructure,
    ...(distribution && { distribution }),
    tests: { imageTestsEnabled: true, timeoutMinutes: 720, ...request.imageTestsConfiguration },
    metadataEnabled: request.enhancedImageMetadataEnabled ?? true,
    ...(request.imageScanningConfiguration && { scanning: request.imageScanningConfiguration }),
    ...(request.workflows?.length && { workflows: request.workflows }),
    ...(request.executionRole && { executionRole: request.executionRole }),
    ...(request.logGroupName && { logGroupName: request.logGroupName }),
    tags: request.tags ?? {},
    components,
    ...(Object.keys(documents).length > 0 && { documents }),
    ...(Object.keys(values).length > 0 && { parameterValues: values }),
    ...(usedWorkflows && { usedWorkflows }),
  };
  refusePublicWatermarks(store, row);
  const faults = [...foreseenFaults(store, row), ...(request.faults ?? [])];
  return store.imageBuilds.put({ ...row, ...(faults.length > 0 && { faults }) });
}

/** Own or inherited ones: https://docs.aws.amazon.com/imagebuilder/latest/userguide/ami-watermarks.html */
function refusePublicWatermarks(store: ImageBuilderStore, row: ImageBuildRow): void {
  const inherited = store.scope.here.ec2.images.get(row.parent.amiId ?? "")?.ImageWatermarks ?? [];
  const isPublic = row.distribution?.distributions?.some(({ amiDistributionConfiguration: ami }) =>
    ami?.launchPermission?.userGroups?.includes("all"),
  );
  if (isPublic && watermarksOf(row).length + inherited.length > 0)
    invalidCombination("An image that has watermarks cannot be made public.");
}

function distributionOf(store: ImageBuilderStore, arn: string | undefined) {
  if (!arn) return undefined;
  return (
    store.distributions.get(arn) ??
    invalidValue("distributionConfigurationArn", "The distribution configuration does not exist.")
  );
}

/** Name, version and build number of an image that is about to be made. */
export function nextBuildOf(store: ImageBuilderStore, name: string, version: string) {
  const key = {
    region: store.region,
    account: store.account,
    kind: "image" as const,
    name: normaliseName(name),
  };
  const versionArn = formatArn({ ...key, version });
  const taken = store.imageBuilds
    .list((row) => parentArn(row.arn) === versionArn)
    .map((row) => row.buildNumber);
  const buildNumber = Math.max(0, ...taken) + 1;
  return { arn: `${versionArn}/${buildNumber}`, name, version, buildNumber };
}

/** What a recipe builds on at a moment: platform, operating system and the AMI its parent stands for. */
export function parentOf(store: ImageBuilderStore, recipe: ImageRecipe | ContainerRecipe, now: number) {
  const reference = recipe.parentImage ?? "";
  if (recipe.platform && !parseArn(reference) && "containerType" in recipe) {
    return { platform: recipe.platform, parent: { reference, amiId: reference } };
  }
  const { platform, osVersion, amiId, imageArn } = resolveParentImage(store, reference, now);
  const parent = { reference, ...(amiId && { amiId }), ...(imageArn && { imageArn }) };
  return { platform, ...(osVersion && { osVersion }), parent };
}

export function componentsInUse(
  store: ImageBuilderStore,
  components: readonly ComponentConfiguration[] | undefined,
): UsedComponent[] {
  return (components ?? []).map(({ componentArn = "", parameters = [] }) => {
    const component = findComponent(store, componentArn);
    if (!component) return invalidValue("componentArn", `The component '${componentArn}' does not exist.`);
    const document = documentKey(component.data);
    if (!store.documents.has(document)) store.documents.put({ key: document, text: component.data });
    const given = parameters.map(({ name = "", value = [] }) => [name, value.join(",")]);
    return {
      arn: component.arn,
      document,
      ...(given.length > 0 && { parameters: Object.fromEntries(given) }),
    };
  });
}
