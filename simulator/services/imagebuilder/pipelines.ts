import type { ImagePipeline } from "@aws-sdk/client-imagebuilder";
import { formatArn, normaliseName } from "./arns";
import { pipelineBuilds } from "./build-history";
import { findContainerRecipe } from "./container-recipes";
import { alreadyExists, invalidCombination, invalidRequest, invalidValue, notFound } from "./exceptions";
import {
  type Call,
  filtered,
  type ImageBuilderHandlers,
  type InputOf,
  isoDate,
  once,
  page,
  stopIfDryRun,
} from "./handlers";
import { buildStateOf } from "./image-build-state";
import { checkSchedule, consecutiveFailures, nextRunOf } from "./pipeline-schedule";
import { findImageRecipe } from "./recipes";
import type { PipelineRow } from "./resource-rows";
import { startPipelineBuild } from "./start-build";
import type { ImageBuilderStore } from "./store";
import { checkWorkflows } from "./workflow-references";

export const pipelines = {
  CreateImagePipeline: (call, input) =>
    once(call, "CreateImagePipeline", input, () => {
      const { store, account, region, now } = call;
      const { clientToken, name = "", tags = {}, ...settings } = input;
      const arn = formatArn({ region, account, kind: "image-pipeline", name: normaliseName(name) });
      const platform = checkSettings(call, input);
      if (store.pipelines.has(arn)) alreadyExists("ImagePipeline", arn);
      stopIfDryRun(input);
      const dates = { dateCreated: isoDate(now), dateUpdated: isoDate(now) };
      store.pipelines.put({
        arn,
        name,
        platform,
        ...withDefaults(settings),
        ...dates,
        tags,
        scheduleCheckedAt: now,
      });
      return { requestId: call.requestId, clientToken, imagePipelineArn: arn };
    }),

  GetImagePipeline({ store, requestId, now }, { imagePipelineArn: arn = "" }) {
    const pipeline = store.pipelines.get(arn) ?? notFound(arn);
    return { requestId, imagePipeline: described(store, pipeline, now) };
  },

  UpdateImagePipeline: (call, input) =>
    once(call, "UpdateImagePipeline", input, () => {
      const { store, requestId, now } = call;
      const { clientToken, imagePipelineArn: arn = "", ...settings } = input;
      const row = store.pipelines.get(arn) ?? notFound(arn);
      if (Boolean(row.containerRecipeArn) !== Boolean(input.containerRecipeArn)) {
        invalidRequest("The type of recipe of a pipeline cannot be changed.");
      }
      const platform = checkSettings(call, input);
      const { name, dateCreated, tags } = row;
      const kept = { arn, name, dateCreated, tags, platform, dateUpdated: isoDate(now) };
      store.pipelines.put({
        ...kept,
        ...withDefaults(settings),
        scheduleCheckedAt: now,
        failuresCountedFrom: now,
      });
      return { requestId, clientToken, imagePipelineArn: arn };
    }),

  DeleteImagePipeline({ store, requestId }, { imagePipelineArn: arn = "" }) {
    if (!store.pipelines.delete(arn)) notFound(arn);
    return { requestId, imagePipelineArn: arn };
  },

  ListImagePipelines({ store, requestId, now }, input) {
    const listed = filtered(store.pipelines.list(), input.filters, {
      description: (row) => row.description,
      distributionConfigurationArn: (row) => row.distributionConfigurationArn,
      imageRecipeArn: (row) => row.imageRecipeArn,
      infrastructureConfigurationArn: (row) => row.infrastructureConfigurationArn,
      name: (row) => row.name,
      status: (row) => row.status,
    });
    const { items, nextToken } = page("ListImagePipelines", listed, input);
    return { requestId, imagePipelineList: items.map((row) => described(store, row, now)), nextToken };
  },

  StartImagePipelineExecution: (call, input) =>
    once(call, "StartImagePipelineExecution", input, () => {
      const { store, requestId, now } = call;
      const { clientToken, imagePipelineArn = "", tags = {} } = input;
      const pipeline = store.pipelines.get(imagePipelineArn) ?? notFound(imagePipelineArn);
      const build = startPipelineBuild(store, pipeline, {
        buildType: "USER_INITIATED",
        startedAt: now,
        tags,
      });
      return { requestId, clientToken, imageBuildVersionArn: build.arn };
    }),
} satisfies Partial<ImageBuilderHandlers>;

type Settings = Omit<InputOf<"UpdateImagePipeline">, "clientToken" | "imagePipelineArn">;

/** An update replaces everything: without a status the pipeline is enabled again. */
function withDefaults(settings: Settings) {
  const { imageTestsConfiguration: tests, schedule } = settings;
  return {
    ...settings,
    infrastructureConfigurationArn: settings.infrastructureConfigurationArn ?? "",
    status: settings.status ?? "ENABLED",
    enhancedImageMetadataEnabled: settings.enhancedImageMetadataEnabled ?? true,
    imageTestsConfiguration: {
      imageTestsEnabled: tests?.imageTestsEnabled ?? true,
      timeoutMinutes: tests?.timeoutMinutes ?? 720,
    },
    schedule: schedule && {
      timezone: "Etc/UTC",
      pipelineExecutionStartCondition: "EXPRESSION_MATCH_AND_DEPENDENCY_UPDATES_AVAILABLE" as const,
      ...schedule,
    },
  };
}

/** Checks what a pipeline refers to and gives the platform it builds for. */
function checkSettings({ store }: Call, settings: Settings): PipelineRow["platform"] {
  const { imageRecipeArn, containerRecipeArn, infrastructureConfigurationArn, distributionConfigurationArn } =
    settings;
  if ((imageRecipeArn === undefined) === (containerRecipeArn === undefined)) {
    invalidCombination("You must specify exactly one of 'imageRecipeArn' and 'containerRecipeArn'.");
  }
  const recipe = imageRecipeArn
    ? findImageRecipe(store, imageRecipeArn)
    : findContainerRecipe(store, containerRecipeArn);
  if (!recipe)
    return invalidValue(
      imageRecipeArn ? "imageRecipeArn" : "containerRecipeArn",
      "The recipe does not exist.",
    );
  if (!store.infrastructures.has(infrastructureConfigurationArn ?? "")) {
    invalidValue("infrastructureConfigurationArn", "The infrastructure configuration does not exist.");
  }
  if (distributionConfigurationArn && !store.distributions.has(distributionConfigurationArn)) {
    invalidValue("distributionConfigurationArn", "The distribution configuration does not exist.");
  }
  checkWorkflows(store, settings);
  if (settings.schedule) checkSchedule(settings.schedule);
  return recipe.platform;
}

function described(store: ImageBuilderStore, row: PipelineRow, now: number): ImagePipeline {
  const { scheduleCheckedAt: _checked, failuresCountedFrom: _from, ...pipeline } = row;
  const last = pipelineBuilds(store, row)[0];
  const next = nextRunOf(row, now);
  return {
    ...pipeline,
    ...(last && {
      dateLastRun: isoDate(last.startedAt),
      lastRunStatus: buildStateOf(store, last, now).status as ImagePipeline["lastRunStatus"],
    }),
    ...(next && { dateNextRun: isoDate(next) }),
    consecutiveFailures: consecutiveFailures(store, row, now),
  };
}
